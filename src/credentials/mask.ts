export { maskAccessKeyId, redact } from "../findings/mask";
