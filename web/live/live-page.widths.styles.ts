// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** Where things stand in a wide window (two columns, the left one stays), in a middle one and on a phone. */
export const widths = css`
  @media (min-width: 1181px) {
    /* As high as the window below the header; the code gives way. */
    .left {
      position: sticky;
      top: 0;
      display: flex;
      flex-direction: column;
      max-height: calc(100vh - 68px);
      overflow: auto;
      padding: 2px 6px 12px 2px;
      margin: -2px 0 0 -2px;
    }
    .side {
      flex: none;
    }
    .code {
      display: flex;
      flex-direction: column;
      min-height: 150px;
    }
  }
  @media (max-width: 1180px) {
    main {
      display: flex;
      flex-direction: column;
      align-items: stretch;
    }
    .left {
      display: contents;
    }
    .stage {
      order: 1;
      margin-top: 22px;
    }
    .breaks > div {
      grid-template-columns: repeat(auto-fill, minmax(160px, 1fr));
    }
    .code {
      order: 2;
      margin-top: 26px;
    }
    .code pre {
      max-height: none;
    }
  }
  @media (max-width: 760px) {
    header,
    main {
      padding-left: 16px;
      padding-right: 16px;
    }
    .buttons label {
      margin-left: 0;
    }
  }
`;
