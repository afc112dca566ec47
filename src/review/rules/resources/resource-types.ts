/** Resources that watch the account: none may go or be switched off in silence. */
export const DETECTION =
  /^aws_(?:cloudtrail|guardduty|securityhub|accessanalyzer|config|inspector2?|macie2|detective|auditmanager|flow_log|s3_bucket_logging)(?:_|$)/;
