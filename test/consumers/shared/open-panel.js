// SPDX-License-Identifier: Apache-2.0
/** Presses the badge, as a person does. */
export async function openPanel() {
  for (;;) {
    const badge = document.querySelector('drift-monitor')?.shadowRoot?.querySelector('[part=badge]');
    if (badge != null) {
      badge.click();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
