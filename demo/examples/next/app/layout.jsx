import Link from 'next/link';
import { Tracking } from '../tracking.js';

export const metadata = { title: 'filrouge with Next.js' };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Tracking>
          <nav>
            <Link id="Home" href="/">
              Home
            </Link>{' '}
            <Link id="Products" href="/products?sort=price">
              Products
            </Link>
          </nav>
          {children}
        </Tracking>
      </body>
    </html>
  );
}
