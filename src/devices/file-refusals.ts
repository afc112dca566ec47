import { defineRefusal } from "../findings/refusal";

export const FILE_NOT_WRITABLE = defineRefusal({
  code: "file-not-writable",
  title: "A file of yours cannot be read or written",
  why: "The file is replaced as a whole by a rename, so that no program ever reads half of it. Where that is not possible, or the file says that it is not to be changed, nothing is done.",
  example:
    "/home/alice/.aws/config: expected a file that may be written, got one that is read-only; chmod u+w it, or write the printed block by hand",
  remedy: "Make the file and its folder writable, or print the block and put it there by hand.",
  since: "0.2.0",
});

export const OUTPUTS_UNREADABLE = defineRefusal({
  code: "outputs-unreadable",
  title: "A file of outputs or state holds no role ARNs",
  why: "The end of the role names is read from the output `role_arns` of an identity stack.",
  example:
    "--outputs out.json: expected the outputs of an identity stack with role_arns, got JSON without them; write terraform -chdir=cdktf.out/stacks/personal-identity output -json > out.json",
  remedy: "Write the file by `terraform -chdir=cdktf.out/stacks/<environment>-identity output -json > FILE`.",
  since: "0.2.0",
});
