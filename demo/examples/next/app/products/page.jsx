import { AddButton } from './add-button.jsx';

export const metadata = { title: 'Products' };

export default function Products() {
  return (
    <>
      <h1>Products</h1>
      <AddButton />
    </>
  );
}
