<?php
/**
 * Plugin Name: filrouge
 * Description: Puts filrouge's tag into every page, and tells it about WooCommerce orders. Save as wp-content/plugins/filrouge/filrouge.php and activate.
 * Version: 0.1.0
 * License: MIT
 */

defined( 'ABSPATH' ) || exit;

// Set these in wp-config.php: define( 'FILROUGE_URL', 'https://c.shop.example' ); and so on.
defined( 'FILROUGE_URL' ) || define( 'FILROUGE_URL', '' );
defined( 'FILROUGE_WRITE_KEY' ) || define( 'FILROUGE_WRITE_KEY', '' );
// "complianz", "cookiebot", "tcf" …: what your consent plugin is, see filrouge's README.
defined( 'FILROUGE_CONSENT' ) || define( 'FILROUGE_CONSENT', 'complianz' );

/** The tag, as early as possible: its landing counts from here. */
function filrouge_head() {
	if ( '' === FILROUGE_URL || is_admin() || is_customize_preview() ) {
		return;
	}
	printf(
		'<script async src="%s" data-write-key="%s" data-consent="%s" data-capture="pages links forms"></script>' . "\n",
		esc_url( untrailingslashit( FILROUGE_URL ) . '/filrouge.js' ),
		esc_attr( FILROUGE_WRITE_KEY ),
		esc_attr( FILROUGE_CONSENT )
	);
}
add_action( 'wp_head', 'filrouge_head', 1 );

/** The order on WooCommerce's thank-you page; its message id makes a reload of that page count once. */
function filrouge_order( $order_id ) {
	$order = '' === FILROUGE_URL ? false : wc_get_order( $order_id );
	if ( ! $order ) {
		return;
	}
	$products = array();
	foreach ( $order->get_items() as $item ) {
		$quantity   = max( 1, (int) $item->get_quantity() );
		$products[] = array(
			'product_id' => (string) $item->get_product_id(),
			'name'       => $item->get_name(),
			'price'      => round( (float) $order->get_item_total( $item, true ), 2 ),
			'quantity'   => $quantity,
		);
	}
	$properties = array(
		'order_id' => (string) $order->get_order_number(),
		'total'    => (float) $order->get_total(),
		'tax'      => (float) $order->get_total_tax(),
		'shipping' => (float) $order->get_shipping_total(),
		'currency' => $order->get_currency(),
		'products' => $products,
	);
	$options    = array( 'messageId' => 'woocommerce-order-' . $order->get_id() );
	// The tag may not have arrived yet: the call waits until the page has loaded.
	printf(
		"<script>addEventListener('load',function(){window.filrouge&&filrouge.track&&filrouge.track('Order Completed',%s,%s)})</script>\n",
		wp_json_encode( $properties, JSON_HEX_TAG | JSON_HEX_AMP ),
		wp_json_encode( $options, JSON_HEX_TAG | JSON_HEX_AMP )
	);
}
add_action( 'woocommerce_thankyou', 'filrouge_order' );
