import type { DeleteMessageRequest } from "@aws-sdk/client-sqs";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import { queueOperation } from "./queue-operation.ts";
import type { Queues } from "./queues.ts";

/**
 * Deletes by the receipt of the last receive; deleting again is no error.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
 */
export function deleteMessage(queues: Queues): Operation<DeleteMessageRequest, object> {
  return queueOperation("DeleteMessage", queues, ({ messages }, { ReceiptHandle = "" }) => {
    const [, id, receive] = /^([0-9a-f-]{36})#(\d+)$/.exec(ReceiptHandle) ?? [];
    if (id === undefined) {
      throw new AwsError(
        "ReceiptHandleIsInvalid",
        `The input receipt handle "${ReceiptHandle}" is not valid.`,
      );
    }
    if (messages.get(id)?.receiveCount === Number(receive)) messages.delete(id);
    return {};
  });
}
