/** Text that Terraform takes literally: it would read `${` and `%{` as the start of an expression. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
