/** How events of the doors name what made them (`context.library`). */
export const LIBRARY = { name: 'filrouge-intake', version: '0.1.0' };
