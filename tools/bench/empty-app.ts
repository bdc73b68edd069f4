import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";

// What any CDKTF app costs: an app, a stack and its provider, nothing else.
const app = new App();
const stack = new TerraformStack(app, "empty");
new AwsProvider(stack, "Aws", { region: "us-east-1" });
app.synth();
