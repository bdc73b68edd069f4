import type { KnownMember } from "../../alerting/reach/reach-state";
import { organizationItems } from "../adapters/dynamodb-organization";
import type { StateTable } from "../adapters/state-table";

/** What watches where events and log files come from, as one file of the zip (`reach.js`): nothing of one region and account needs it. */
export { logFileNotes } from "../../alerting/reach/note-log-file";
export { DynamoDbReachState } from "../adapters/dynamodb-reach-state";

/** The organization's accounts, as they are stored: none where AWS Organizations could not be asked. */
export async function knownMembers(table: StateTable): Promise<readonly KnownMember[]> {
  const members: KnownMember[] = [];
  for await (const member of organizationItems(table, [], Date.now).members()) members.push(member);
  return members;
}
