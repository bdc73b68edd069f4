/** Version of trailwarden, as in `package.json`, which a test holds it against. */
export const PRODUCT_VERSION = "0.1.0";
