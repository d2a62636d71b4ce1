import type { Shape } from './kinds.js';

const INSTALL = { version: 'text', build: 'text', provider: 'text' } as const satisfies Shape;
const OPEN = {
  from_background: 'boolean',
  url: 'text',
  referring_application: 'text',
  version: 'text',
  build: 'text',
} as const satisfies Shape;
const PLAYBACK = {
  session_id: 'text!',
  content_asset_id: 'text',
  video_player: 'text',
  position: 'number',
  total_length: 'number',
  bitrate: 'number',
  framerate: 'number',
  sound: 'number',
  full_screen: 'boolean',
  ad_enabled: 'boolean',
  quality: 'text',
  livestream: 'boolean',
} as const satisfies Shape;
const CONTENT = {
  session_id: 'text!',
  asset_id: 'text',
  title: 'text',
  description: 'text',
  keywords: 'list',
  season: 'text',
  episode: 'text',
  genre: 'text',
  program: 'text',
  publisher: 'text',
  channel: 'text',
  airdate: 'time',
  position: 'number',
  total_length: 'number',
  full_episode: 'boolean',
  livestream: 'boolean',
} as const satisfies Shape;

/** Life of an app. Source: segment.com/docs, "Spec: Native mobile events". */
export const APPS = {
  'Application Installed': { version: 'text', build: 'text' },
  'Application Opened': OPEN,
  'Application Backgrounded': {},
  'Application Updated': { previous_version: 'text', previous_build: 'text', version: 'text', build: 'text' },
  'Application Uninstalled': {},
  'Deep Link Opened': { provider: 'text', url: 'text' },
  'Install Attributed': INSTALL,
} as const satisfies { readonly [event: string]: Shape };

/** Video. Source: segment.com/docs, "Spec: Video". */
export const VIDEOS = {
  'Video Playback Started': PLAYBACK,
  'Video Playback Paused': PLAYBACK,
  'Video Playback Resumed': PLAYBACK,
  'Video Playback Interrupted': PLAYBACK,
  'Video Playback Seek Started': { ...PLAYBACK, seek_position: 'number' },
  'Video Playback Seek Completed': PLAYBACK,
  'Video Playback Completed': PLAYBACK,
  'Video Content Started': CONTENT,
  'Video Content Playing': CONTENT,
  'Video Content Completed': CONTENT,
} as const satisfies { readonly [event: string]: Shape };
