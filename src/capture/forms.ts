import type { Capture } from '../browser/contracts.js';
import { listen } from '../browser/lifecycle.js';

/**
 * Submitted forms: `Form Submitted` with the form's id, name, action path and the *names* of its fields, never a value.
 * Forms marked `data-fr-ignore` are left out.
 */
export function forms(): Capture {
  return {
    name: 'forms',
    start: (emit) =>
      listen(
        document,
        'submit',
        ({ target: form }) => {
          if (!(form instanceof HTMLFormElement) || form.closest('[data-fr-ignore]')) return;
          // getAttribute: a field named "id" or "action" hides the property of that name.
          const action = new URL(form.getAttribute('action') ?? '', location.href);
          emit({
            type: 'track',
            event: 'Form Submitted',
            properties: {
              form_id: form.getAttribute('id') ?? undefined,
              form_name: form.getAttribute('name') ?? undefined,
              action: action.origin === location.origin ? action.pathname : action.origin + action.pathname,
              method: form.getAttribute('method')?.toLowerCase() ?? 'get',
              fields: [...form.elements]
                .map((field) => field.getAttribute('name') ?? '')
                .filter(Boolean)
                .slice(0, 50),
            },
          });
        },
        true,
      ),
  };
}
