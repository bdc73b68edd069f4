/**
 * What keeps the AWS SDK from announcing the end of Node 20's support amid our output, for every process that makes one of
 * its clients. It must be in the environment before the first is made. Lambda runs a newer Node.
 */
export const QUIET_SDK: Readonly<Record<string, string>> = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};
