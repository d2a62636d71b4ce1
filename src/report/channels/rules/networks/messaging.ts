/** Messengers by the name under which they are reported. The format is that of `Network.hosts`. */
export const MESSAGING: Record<string, string> = {
  whatsapp:
    'whatsapp wa whatsapp.com wa.me wl.co whatsapp.net app:com.whatsapp app:com.whatsapp.w4b app:net.whatsapp.whatsapp app:310633997',
  messenger:
    'messenger msg fb-messenger facebook-messenger messenger.com m.me app:com.facebook.orca app:com.facebook.mlite app:com.facebook.messenger',
  telegram:
    'telegram telegram.org t.me telegram.me telegram.dog tg.dev app:org.telegram.messenger app:org.telegram.messenger.web ' +
    'app:org.thunderdog.challegram app:ph.telegra.telegraph',
  signal: 'signal signal.me signal.org signal.group app:org.thoughtcrime.securesms',
  viber: 'viber viber.com app:com.viber.voip',
  line: 'line line.me lin.ee liff.line.me app:jp.naver.line.android app:jp.naver.line',
  wechat: 'wechat weixin wechat.com weixin.qq.com wx.qq.com mp.weixin.qq.com servicewechat.com app:com.tencent.mm',
  qq: 'qq im.qq.com app:com.tencent.mobileqq',
  kakao: 'kakao kakaotalk kakao.com kakaocorp.com app:com.kakao.talk',
  zalo: 'zalo zalo.me app:com.zing.zalo',
  skype: 'skype skype.com app:com.skype.raider',
  teams:
    'teams microsoft-teams msteams teams.microsoft.com teams.live.com teams.cloud.microsoft statics.teams.cdn.office.net ' +
    'app:com.microsoft.teams',
  slack: 'slack slack.com slack-redir.net app:com.slack',
  'google messages':
    'messages.google.com chat.google.com hangouts.google.com app:com.google.android.apps.messaging app:com.google.android.apps.dynamite',
  threema: 'threema threema.ch web.threema.ch app:ch.threema.app',
  imessage: 'imessage imessages app:com.apple.mobilesms',
  'samsung messages': 'app:com.samsung.android.messaging',
  element: 'app.element.io matrix.to app:im.vector.app',
  olvid: 'olvid.io app:io.olvid.messenger',
  tchap: 'tchap.gouv.fr',
  icq: 'icq =icq.com web.icq.com',
  mattermost: 'mattermost mattermost.com',
  rocketchat: 'rocket.chat',
  'google chat': 'google-chat',
  imo: 'imo.im',
};
