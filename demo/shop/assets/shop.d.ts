/** An article as the semantic events name it. */
export interface EventProduct {
  product_id: string;
  sku: string;
  name: string;
  category: string;
  brand: string;
  price: number;
  currency: string;
}

/** A line of the cart. */
export interface CartLine {
  id: string;
  colour: string;
  quantity: number;
}

/** What the server writes into each page for its script. */
export interface ShopData {
  lang: 'fr' | 'en';
  page: string;
  param?: string;
  searched?: string;
  products: EventProduct[];
  colours: Record<string, string>;
  free: string;
  steps: { id: string; path: string }[];
  thanks: string;
  cart: string;
}

declare global {
  interface Window {
    /** The tag's global. Absent where something blocked the tag: the shop works without it. */
    filrouge?: {
      track(event: string, properties?: object): void;
      identify(userId: string, traits?: object): void;
    };
    /** vanilla-cookieconsent, loaded before main.js. */
    CookieConsent: { run(config: object): Promise<void> };
    /** Klaro and tarteaucitron, where the demonstration shows them instead. */
    klaro: { setup(config: object): void; show(config: undefined, modal: boolean): void };
    tarteaucitron: {
      services: Record<string, object>;
      job?: string[];
      init(options: object): void;
      userInterface: { openPanel(): void };
    };
    tarteaucitronForceLanguage?: string;
    trustedTypes?: {
      createPolicy(name: string, rules: { createHTML?(markup: string): string | null }): unknown;
    };
  }
}
