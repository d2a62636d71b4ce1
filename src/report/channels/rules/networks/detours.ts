/**
 * Payment and strong-authentication hosts, with their subdomains: visitors come back from them, they do not come from
 * them, so they never take credit for an order.
 */
export const PAYMENT =
  'paypal.com paypalobjects.com paypal.me stripe.com stripe.network adyen.com adyenpayments.com klarna.com klarna.net mollie.com checkout.com cko.com ' +
  'braintreegateway.com braintree-api.com worldpay.com worldline.com worldline-solutions.com sips-services.com sips-atos.com ' +
  'mercanet.bnpparibas.net payment-webinit.sips-atos.com sogenactif.com sherlocks.lcl.fr ingenico.com ogone.com paylib.fr wero-wallet.eu ' +
  'payline.com monext.fr monext.com lyra.com payzen.eu payzen.lat systempay.fr scelliuspaiement.labanquepostale.fr e-transactions.fr paybox.com monetico-services.com monetico-paiement.fr cawl-solutions.fr ' +
  'verifone.com up2pay.com payplug.com dalenys.com alma.eu getalma.eu oney.fr oney.com oney.io floa.fr floapay.com floabank.fr cofidis.fr ' +
  '4xcb.fr pledg.co younited-credit.com scalapay.com clearpay.com clearpay.co.uk afterpay.com affirm.com sezzle.com laybuy.com zip.co ' +
  'sofort.com giropay.de paydirekt.de ideal.nl bancontact.com payconiq.com multisafepay.com buckaroo.nl pay.nl sisow.nl twint.ch ' +
  'postfinance.ch datatrans.com datatrans.ch saferpay.com payrexx.com wallee.com swish.nu vipps.no mobilepay.dk nets.eu quickpay.net dibspayment.com ' +
  'dibspayment.eu bambora.com payex.com swedbankpay.com paytrail.com trustly.com przelewy24.pl payu.com payu.pl dotpay.pl tpay.com blik.com gopay.com ' +
  'comgate.cz barion.com redsys.es sermepa.es bizum.es paycomet.com nexi.it xpay.nexigroup.com satispay.com gestpay.it banca-sella.it ' +
  'sibs.pt sibspayments.com mbway.pt easypay.pt amazonpay.com pay.amazon.com pay.amazon.co.uk pay.amazon.de payments.amazon.com ' +
  'payments.amazon.de payments.amazon.fr payments-eu.amazon.com apay-us.amazon.com pay.google.com payments.google.com ' +
  'apple-pay-gateway.apple.com applepay.cdn-apple.com squareup.com square.link squarecdn.com authorize.net cybersource.com elavon.com ' +
  'sagepay.com opayo.co.uk opayo.eu.elavon.com globalpay.com globalpaymentsinc.com realexpayments.com pay.realexpayments.com 2checkout.com avangate.com ' +
  'paddle.com fastspring.com recurly.com chargebee.com gocardless.com razorpay.com payu.in ccavenue.com paytm.com paytm.in phonepe.com billdesk.com ' +
  'mercadopago.com mercadopago.com.ar mercadopago.com.br mercadopago.com.mx pagseguro.uol.com.br pagseguro.com.br ebanx.com dlocal.com ' +
  'alipay.com alipayobjects.com pay.weixin.qq.com unionpay.com unionpayintl.com 95516.com epay.163.com pay.naver.com tosspayments.com ' +
  'kakaopay.com paypay.ne.jp gmo-pg.com yookassa.ru yoomoney.ru cloudpayments.ru robokassa.ru qiwi.com tinkoff.ru/kassa iyzico.com paytr.com ' +
  'paystack.com flutterwave.com payfast.co.za cmi.co.ma hipay.com hipay-tpp.com be2bill.com limonetik.com stancer.com lydia-app.com ' +
  'lemonway.com mangopay.com smile-and-pay.com sumup.com sumup.link viva.com vivapayments.com everypay.gr unzer.com heidelpay.com computop-paygate.com ' +
  'computop.com payone.com payone.de wirecard.com novalnet.de secupay.com ratepay.com billpay.de easycredit-ratenkauf.de bitpay.com coinbase.com/commerce ' +
  // 3-D Secure pages of banks.
  'cardinalcommerce.com arcot.com 3dsecure.io securesuite.net securecode.com wlp-acs.com rsa3dsauth.com netcetera.com netcetera-payment.ch ' +
  'modirum.com gpayments.net acs.touchtechpayments.com verifiedbyvisa.com mastercardidentitycheck.com acs-public.tp.mastercard.com 3ds.visa.com secure.creditmutuel.fr ' +
  'natixispaymentsolutions.com';

/** Login, identity and verification hosts, for the same reason. */
export const LOGIN =
  'accounts.google.com accounts.google.fr accounts.youtube.com appleid.apple.com idmsa.apple.com account.apple.com login.microsoftonline.com ' +
  'login.live.com login.microsoft.com login.windows.net account.live.com b2clogin.com ciamlogin.com login.yahoo.com login.yahoo.co.jp ' +
  'auth.aol.com login.aol.com auth0.com okta.com oktapreview.com okta-emea.com onelogin.com pingone.com pingone.eu pingidentity.com ' +
  'forgerock.io duosecurity.com amazoncognito.com signin.aws.amazon.com janrain.com gigya.com login.salesforce.com ' +
  'franceconnect.gouv.fr app.franceconnect.gouv.fr idp.impots.gouv.fr cfspart.impots.gouv.fr lidentitenumerique.laposte.fr ' +
  'login.orange.fr id.orange.fr itsme-id.com itsme.be login.gov id.me oauth.vk.com id.vk.com passport.yandex.ru ' +
  'passport.yandex.com id.mail.ru auth.mail.ru bankid.com bankid.no mitid.dk nemid.nu idin.nl digid.nl ' +
  'spid.gov.it identity.sieltecloud.it login.id.poste.it clave.gob.es swissid.ch verimi.de ' +
  'challenges.cloudflare.com cloudflareaccess.com recaptcha.net hcaptcha.com geo.captcha-delivery.com queue-it.net workos.com ' +
  'clerk.accounts.dev stytch.com facebook.com/dialog facebook.com/login github.com/login linkedin.com/oauth linkedin.com/login ' +
  'api.twitter.com api.x.com twitter.com/i/oauth2 x.com/i/oauth2 connect.facebook.net';
