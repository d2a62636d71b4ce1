/** Second parts of country domains: `google.*` means `google.` and each of these. */
export const COUNTRY_ENDINGS: readonly string[] = (
  'com ad ae al am as at az ba be bf bg bi bj bs bt by ca cat cc cd cf cg ch ci cl cm cn co.ao co.bw co.ck co.cr co.id ' +
  'co.il co.in co.jp co.ke co.kr co.ls co.ma co.mz co.nz co.th co.tz co.ug co.uk co.uz co.ve co.vi co.za co.zm co.zw ' +
  'com.af com.ag com.ar com.au com.bd com.bh com.bn com.bo com.br com.bz com.cn com.co com.cu com.cy com.do com.ec ' +
  'com.eg com.et com.fj com.gh com.gi com.gt com.hk com.jm com.kh com.kw com.lb com.ly com.mm com.mt com.mx com.my ' +
  'com.na com.ng com.ni com.np com.om com.pa com.pe com.pg com.ph com.pk com.pr com.py com.qa com.sa com.sb com.sg ' +
  'com.sl com.sv com.tj com.tr com.tw com.ua com.uy com.vc com.vn cv cz de dj dk dm dz ee es eu fi fm fr ga ge gg gl ' +
  'gm gr gy hn hr ht hu ie im in iq is it je jo jp kg ki kr kz la li lk lt lu lv md me mg mk ml mn mu mv mw mx ne net nl ' +
  'no nr nu org pl pn ps pt ro rs ru rw sc se sg sh si sk sm sn so sr st td tg tl tm tn to tt tv ua us vg vn vu ws'
).split(' ');

/**
 * Payment, strong-authentication and login hosts (with subdomains): visitors come back from them, they do not come from
 * them, so they never take credit for an order.
 */
export const DETOUR_HOSTS: readonly string[] = (
  'paypal.com paypalobjects.com stripe.com adyen.com klarna.com klarna.net mollie.com checkout.com braintreegateway.com ' +
  'braintree-api.com worldpay.com worldline.com worldline-solutions.com sips-services.com sips-atos.com ingenico.com ' +
  'ogone.com paylib.fr wero-wallet.eu payline.com monext.fr lyra.com payzen.eu systempay.fr scelliuspaiement.labanquepostale.fr ' +
  'e-transactions.fr paybox.com verifone.com up2pay.com payplug.com alma.eu getalma.eu oney.fr oney.com floa.fr floapay.com ' +
  'cofidis.fr scalapay.com clearpay.com afterpay.com affirm.com sezzle.com sofort.com giropay.de ideal.nl bancontact.com ' +
  'payconiq.com twint.ch postfinance.ch datatrans.com saferpay.com swish.nu vipps.no mobilepay.dk przelewy24.pl payu.com ' +
  'blik.com amazonpay.com pay.amazon.com payments.amazon.com pay.google.com apple-pay-gateway.apple.com squareup.com ' +
  'authorize.net cybersource.com cardinalcommerce.com arcot.com 3dsecure.io securesuite.net securecode.com wlp-acs.com ' +
  'secure5.arcot.com rsa3dsauth.com netcetera.com modirum.com hipay.com hipay-tpp.com be2bill.com ' +
  'limonetik.com stancer.com gocardless.com ' +
  'accounts.google.com appleid.apple.com idmsa.apple.com login.microsoftonline.com login.live.com login.yahoo.com ' +
  'accounts.youtube.com auth0.com okta.com onelogin.com franceconnect.gouv.fr idp.impots.gouv.fr lidentitenumerique.laposte.fr itsme-id.com'
).split(' ');
