/** What watches where events and log files come from, as one file of the zip (`reach.js`): nothing of one region and account needs it. */
export { logFileNotes } from "../../alerting/reach/note-log-file";
export { DynamoDbReachState } from "../adapters/dynamodb-reach-state";
