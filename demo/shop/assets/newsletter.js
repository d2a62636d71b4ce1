import { all, write } from './dom.js';
import { identify, track } from './tracking.js';

/** The newsletter form: the shop's own server answers with a customer number, and only that goes to the tag. */
export function startNewsletter() {
  for (const form of all('.newsletter').filter((element) => element instanceof HTMLFormElement)) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      subscribe(form).catch(() => write('.answer', form.dataset.failed ?? '', form));
    });
  }
}

/** @param {HTMLFormElement} form */
async function subscribe(form) {
  const answer = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams({ email: String(new FormData(form).get('email')) }),
  });
  if (!answer.ok) throw new Error(`The shop answered ${answer.status}`);
  const { customer } = await answer.json();
  identify(customer);
  track('Newsletter Subscribed', { list_id: 'letter' });
  write('.answer', `${form.dataset.done} ${customer}`, form);
  form.reset();
}
