/**
 * Web mail, mail apps and services that send mail, by the name under which they are reported. The format is that of
 * `Network.hosts`. Hosts that also carry other pages (`orange.fr`) are here with their mail hosts only.
 */
export const WEBMAIL: Record<string, string> = {
  gmail:
    'gmail googlemail mail.google.com inbox.google.com gmail.com googlemail.com app:com.google.android.gm app:com.google.android.gm.lite app:com.google.gmail app:422689480',
  outlook:
    'outlook hotmail outlook.com outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft mail.live.com ' +
    'hotmail.* hotmail.msn.com safelinks.protection.outlook.com app:com.microsoft.office.outlook ' +
    'app:com.microsoft.outlooklite',
  'yahoo mail':
    'mail.yahoo.* mail.yahoo.co.jp mail.yahoo.net app:com.yahoo.mobile.client.android.mail app:com.yahoo.mobile.client.android.mail.lite ' +
    'app:com.yahoo.aerogram app:jp.co.yahoo.android.ymail',
  'aol mail': 'mail.aol.* webmail.aol.* app:com.aol.mobile.aolapp app:com.aol.mobile.aolclient',
  'icloud mail': 'icloud icloud.com/mail =icloud.com www.icloud.com app:com.apple.mobilemail',
  proton:
    'protonmail mail.proton.me mail.protonmail.com mail.protonmail.ch app:ch.protonmail.android app:ch.protonmail.protonmail',
  tuta: 'tutanota app.tuta.com mail.tutanota.com app.tutanota.com app:de.tutao.tutanota',
  fastmail: 'fastmail app.fastmail.com fastmail.com messagingengine.com app:com.fastmail.app',
  'zoho mail': 'mail.zoho.* mailadmin.zoho.com app:com.zoho.mail',
  'hey mail': 'app.hey.com app:com.basecamp.hey',
  superhuman: 'mail.superhuman.com app:com.superhuman.mail',
  // France.
  'orange mail':
    'orange.fr/webmail messagerie.orange.fr webmail.orange.fr mail.orange.fr mailbox.orange.fr zmail.orange.fr mailpro.orange.fr messagerie-pro.orange.fr ' +
    'messageriepro3.orange.fr email.orange.fr mel.orange.fr messagerie.orange-business.com webmail.wanadoo.fr messagerie.wanadoo.fr ' +
    'webmail.orange.es webmail.orange.be app:com.orange.mail.fr',
  laposte: 'laposte.net webmail.laposte.net messagerie.laposte.net mail.laposte.net app:fr.laposte.lapostemail',
  'free mail':
    'webmail.free.fr zimbra.free.fr imp.free.fr mail.free.fr zimbra1.free.fr zimbra2.free.fr webmail.freebox.fr webmail.proxad.net',
  'sfr mail':
    'webmail.sfr.fr messagerie.sfr.fr mail.sfr.fr messagerie-sfr.fr webmail.sfr.net email.sfr.fr messagerie.red-by-sfr.fr webmail.neuf.fr webmail.numericable.fr messagerie.numericable.fr webmail.club-internet.fr sfrmail.sfr.fr app:com.sfr.android.sfrmail',
  'bbox mail':
    'webmail.bbox.fr messagerie.bbox.fr mail.bbox.fr webmail.bouyguestelecom.fr messagerie.bouyguestelecom.fr mail.bouyguestelecom.fr',
  'la poste mail pro': 'pro.laposte.net',
  'ovh mail':
    'mail.ovh.net webmail.mail.ovh.net roundcube.mail.ovh.net ssl0.ovh.net ex.mail.ovh.net ex1.mail.ovh.net ex2.mail.ovh.net ex3.mail.ovh.net ex4.mail.ovh.net ex5.mail.ovh.net mail.ovh.com mail1.ovh.net',
  'gandi mail': 'webmail.gandi.net roundcube.gandi.net sogo.gandi.net',
  'ionos mail':
    'mail.ionos.* email.ionos.* webmail.ionos.* mail.1and1.* webmail.1and1.* webmailcluster.1and1.fr email.1and1.fr',
  'infomaniak mail': 'mail.infomaniak.com ksuite.infomaniak.com/mail webmail.infomaniak.com',
  mailo: 'mailo mailo.com mailo.eu netcourrier.com mail.mailo.com',
  caramail: 'caramail.com caramail.fr mail.caramail.fr',
  'alinto mail': 'webmail.alinto.com',
  'dartybox mail': 'webmail.dartybox.com',
  'nordnet mail': 'webmail.nordnet.fr',
  // Germany, Austria, Switzerland.
  'gmx mail':
    'bap.navigator.gmx.net 3c.gmx.net mail.gmx.net navigator.gmx.net deref-gmx.net deref-gmx.com deref-gmx.fr bap.navigator.gmx.com mail.gmx.com mail.gmx.fr app:de.gmx.mobile.android.mail',
  'web.de mail':
    'navigator.web.de 3c.web.de bap.navigator.web.de deref-web.de deref-web-02.de mail.web.de app:de.web.mobile.android.mail',
  't-online mail': 'email.t-online.de app:de.telekom.mail',
  'freenet mail': 'webmail.freenet.de email.freenet.de mail.freenet.de app:de.freenet.mail',
  'posteo mail': 'posteo.de',
  'mailbox.org': 'mailbox.org office.mailbox.org',
  'vodafone mail': 'webmail.vodafone.* mail.vodafone.de email.vodafone.de',
  'bluewin mail': 'webmail.bluewin.ch email.bluewin.ch rich-v01.bluewin.ch rich-v02.bluewin.ch',
  'mail.com': 'mail.com navigator-bs.mail.com navigator-lxa.mail.com deref-mail.com app:com.mail.mobile.android.mail',
  // Southern and northern Europe.
  'libero mail':
    'mail.libero.it webmail.libero.it mail1.libero.it mail2.libero.it mailbeta.libero.it app:it.italiaonline.mail',
  'virgilio mail': 'mail.virgilio.it webmail.virgilio.it mail1.virgilio.it mail2.virgilio.it',
  'tiscali mail': 'mail.tiscali.it webmail.tiscali.it',
  'aruba mail': 'webmail.aruba.it webmail.pec.it webmaildominiold.aruba.it',
  'alice mail': 'mail.tim.it webmail.tim.it alicemail.rossoalice.alice.it aliceposta.it',
  'telefonica mail': 'correo.movistar.es webmail.movistar.es',
  'sapo mail': 'mail.sapo.pt',
  'telenet mail': 'webmail.telenet.be mail.telenet.be',
  'proximus mail': 'webmail.proximus.be mail.proximus.be webmail.skynet.be',
  'ziggo mail': 'webmail.ziggo.nl mail.ziggo.nl',
  'kpn mail': 'webmail.kpnmail.nl webmail.kpn.com mail.kpn.com webmail.xs4all.nl',
  'bt mail': 'mail.bt.com btmail.bt.com email.bt.com',
  'sky mail': 'mail.sky.com skyid.sky.com/mail',
  'talktalk mail': 'webmail.talktalk.co.uk mail.talktalk.co.uk',
  'virginmedia mail': 'mail.virginmedia.com mail2.virginmedia.com',
  'telia mail': 'webmail.telia.com webmail.telia.se',
  'wp mail': 'poczta.wp.pl profil.wp.pl',
  'onet mail': 'poczta.onet.pl',
  'o2 mail': 'poczta.o2.pl',
  'interia mail': 'poczta.interia.pl',
  'seznam mail': 'email.seznam.cz app:cz.seznam.email',
  'centrum mail': 'mail.centrum.cz mail.centrum.sk mail.volny.cz',
  'abv mail': 'abv.bg nm.abv.bg',
  freemail: 'freemail.hu accounts.freemail.hu citromail.hu',
  // Russia, Asia, the Americas.
  'mail.ru mail':
    'e.mail.ru touch.mail.ru light.mail.ru click.mail.ru octavius.mail.ru app:ru.mail.mailapp app:ru.mail.mail',
  'yandex mail': 'mail.yandex.* app:ru.yandex.mail',
  'rambler mail': 'mail.rambler.ru app:ru.rambler.mail',
  'ukr mail': 'mail.ukr.net mail.i.ua mail.bigmir.net',
  '163 mail': 'mail.163.com mail.126.com mail.yeah.net qiye.163.com app:com.netease.mail',
  'qq mail': 'mail.qq.com exmail.qq.com wx.mail.qq.com app:com.tencent.androidqqmail',
  'sina mail': 'mail.sina.com.cn mail.sina.cn mail.sohu.com mail.139.com mail.189.cn',
  'naver mail': 'mail.naver.com app:com.nhn.android.mail',
  'daum mail': 'mail.daum.net mail.nate.com mail.kakao.com',
  rediffmail: 'mail.rediff.com f5mail.rediff.com webmail.rediffmail.com',
  'comcast mail': 'mail.comcast.net connect.xfinity.com/appsuite email.comcast.net',
  'att mail': 'mail.att.net currently.att.yahoo.com',
  'verizon mail': 'mail.verizon.com webmail.verizon.com',
  'cox mail': 'webmail.cox.net myemail.cox.net',
  'spectrum mail': 'webmail.spectrum.net mail.twc.com webmail.roadrunner.com',
  'optimum mail': 'webmail.optimum.net mail.optonline.net webmail.optimum.com',
  'centurylink mail': 'mail.centurylink.net webmail.centurylink.net',
  'earthlink mail': 'webmail.earthlink.net mail.earthlink.net',
  'netzero mail': 'webmail.netzero.net webmail.juno.com',
  'videotron mail': 'webmail.videotron.com courrielweb.videotron.com',
  'bell mail': 'webmail.bell.net mail.bell.net webmail.sympatico.ca',
  'shaw mail': 'webmail.shaw.ca mail.shaw.ca mail.telus.net webmail.telus.net',
  'bigpond mail':
    'webmail.telstra.com email.telstra.com webmail.bigpond.com webmail.optusnet.com.au webmail.iinet.net.au',
  'uol mail': 'mail.uol.com.br email.uol.com.br email.bol.uol.com.br bmail1.uol.com.br',
  'terra mail': 'mail.terra.com.br mail.terra.com webmail.terra.com.br',
  'godaddy mail':
    'email.secureserver.net email01.secureserver.net email02.secureserver.net email03.secureserver.net email.godaddy.com',
  'titan mail': 'app.titan.email',
  'amazon workmail': 'mail.awsapps.com',
  // Gateways that check links in mails before they open them.
  'mail gateway':
    'urldefense.com urldefense.proofpoint.com mimecastprotect.com protect.mimecast.com linkprotect.cudasvc.com url.emailprotection.link ' +
    'secure-web.cisco.com clicktime.symantec.com clicktime.cloud.postoffice.net',
  // Apps.
  'mail app':
    'app:com.samsung.android.email.provider app:com.android.email app:com.readdle.spark app:com.readdle.smartemail app:org.kman.aquamail ' +
    'app:me.bluemail.mail app:com.easilydo.mail app:com.fsck.k9 app:net.thunderbird.android app:eu.faircode.email app:com.ninefolders.hd3',
};

/**
 * Services that send mail and names that people give their mailings: as a source without medium they mean e-mail. Only
 * names; the sites of these services are ordinary referrers, their click-tracking hosts are not.
 */
export const MAILERS =
  'newsletter newsletters nl infolettre emailing e-mailing mailing mailjet brevo sendinblue mailchimp klaviyo hubspot_email hs_email ' +
  'sendgrid mailgun postmark amazon-ses campaign-monitor campaignmonitor activecampaign active_campaign getresponse mailerlite convertkit ' +
  'kit.com drip omnisend sarbacane emarsys selligent splio actito dotdigital iterable customerio customer.io braze sailthru ' +
  'marketo pardot eloqua constantcontact constant_contact aweber moosend benchmarkemail cordial listrak ' +
  'beehiiv revue ghost-newsletter acoustic silverpop responsys exacttarget sfmc salesforce_marketing_cloud cheetahmail experian_email dialoginsight cabestan ' +
  'list-manage.com click.list-manage.com hs-email.net trk.klclick.com trk.klclick1.com klclick.com sendibm1.com sendibm2.com sendibm3.com ' +
  'sendibt2.com sendibt3.com mjt.lu sendgrid.net ct.sendgrid.net mailgun.info emlnk.com acemlna.com acemlnb.com acemlnc.com ' +
  'convertkit-mail.com convertkit-mail2.com ckmail.net mlsend.com exct.net e.customeriomail.com clicks.mlsend.com cmail19.com cmail20.com ' +
  'createsend.com createsend1.com rs6.net r20.rs6.net';
