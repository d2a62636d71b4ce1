/** AI assistants by the name under which they are reported. Google's AI answers are part of its result pages and stay
 * search; only the assistant's own site is here. The format is that of `Network.hosts`. */
export const AI: Record<string, string> = {
  chatgpt: '*.chatgpt.com chatgpt.com chat.openai.com openai app:com.openai.chatgpt',
  gemini: 'gemini.google.com bard.google.com app:com.google.android.apps.bard',
  copilot: 'copilot.microsoft.com copilot.cloud.microsoft app:com.microsoft.copilot',
  perplexity: '*.perplexity.ai app:ai.perplexity.app.android',
  claude: 'claude.ai app:com.anthropic.claude',
  mistral: 'chat.mistral.ai lechat app:ai.mistral.chat',
  deepseek: 'chat.deepseek.com',
  grok: 'grok.com',
  'meta ai': 'meta.ai',
  'you.com': 'you.com',
  'poe.com': 'poe.com',
  phind: 'phind.com',
  kimi: 'kimi.com kimi.moonshot.cn',
  qwen: 'chat.qwen.ai',
};
