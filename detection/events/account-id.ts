/** The form of an account's id: 12 digits. */
export const ACCOUNT_ID = /^\d{12}$/;
