// SPDX-License-Identifier: Apache-2.0
export const metadata = { title: 'driftglass in a Next app' };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
