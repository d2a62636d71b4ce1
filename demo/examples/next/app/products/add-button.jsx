'use client';

import { useTracker } from 'filrouge/next';

export function AddButton() {
  const { track } = useTracker();
  return (
    <button type="button" id="add" onClick={() => track('Product Added', { product_id: 's1', price: 12.5 })}>
      Add a shirt
    </button>
  );
}
