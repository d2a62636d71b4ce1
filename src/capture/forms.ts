import type { Capture } from '../browser/contracts.js';
import { listen } from '../browser/lifecycle.js';
import type { JsonObject } from '../protocol/index.js';

/**
 * Submitted forms: `Form Submitted` with the form's id, name, action path and the *names* of its fields, never a value.
 * Forms marked `data-fr-ignore` are left out.
 */
export function forms(): Capture {
  return {
    name: 'forms',
    start(emit, signal) {
      const onSubmit = ({ target: form }: Event) => {
        if (form instanceof HTMLFormElement && !form.closest('[data-fr-ignore]')) {
          emit({
            type: 'track',
            event: 'Form Submitted',
            properties: describeForm(form),
          });
        }
      };
      listen('submit', onSubmit, signal);
    },
  };
}

function describeForm(form: HTMLFormElement): JsonObject {
  // getAttribute: a field named "id" or "action" hides the property of that name.
  const read = (name: string) => form.getAttribute(name) ?? undefined;
  const action = new URL(read('action') ?? '', location.href);
  return {
    form_id: read('id'),
    form_name: read('name'),
    action: action.origin === location.origin ? action.pathname : action.origin + action.pathname,
    method: (read('method') ?? 'get').toLowerCase(),
    fields: [...form.elements].flatMap((field) => field.getAttribute('name') || []).slice(0, 50),
  };
}
