export { driveOrders, type OrderResult } from "./drive-orders.ts";
