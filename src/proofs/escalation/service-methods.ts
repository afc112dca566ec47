import { LATER_METHODS } from "./later-service-methods";
import type { EscalationMethod } from "./method";
import { passing, running } from "./method-kinds";

const PATHFINDING = "https://pathfinding.cloud/paths/";
const RHINO = "https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/";

const LAMBDA = "lambda.amazonaws.com";
const EC2 = "ec2.amazonaws.com";
const GLUE = "glue.amazonaws.com";
const SAGEMAKER = "sagemaker.amazonaws.com";
const CODEBUILD = "codebuild.amazonaws.com";
const CLOUDFORMATION = "cloudformation.amazonaws.com";
const TASKS = "ecs-tasks.amazonaws.com";
const PIPELINE = ["datapipeline.amazonaws.com", "elasticmapreduce.amazonaws.com", EC2];

/**
 * Ways through services that run code as a role.
 *
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * @see https://pathfinding.cloud
 */
export const SERVICE_METHODS: readonly EscalationMethod[] = [
  passing(LAMBDA, ["lambda:CreateFunction", "lambda:InvokeFunction"], RHINO),
  passing(LAMBDA, ["lambda:CreateFunction", "lambda:CreateEventSourceMapping"], RHINO),
  passing(LAMBDA, ["lambda:CreateFunction", "lambda:AddPermission"], PATHFINDING),
  passing(LAMBDA, ["lambda:UpdateFunctionConfiguration"], PATHFINDING),
  running(LAMBDA, ["lambda:UpdateFunctionCode"], RHINO),
  running(LAMBDA, ["lambda:UpdateFunctionConfiguration"], PATHFINDING),
  passing(EC2, ["ec2:RunInstances"], RHINO),
  passing(EC2, ["ec2:AssociateIamInstanceProfile"], PATHFINDING),
  passing(EC2, ["ec2:ReplaceIamInstanceProfileAssociation"], PATHFINDING),
  passing(EC2, ["ec2:RequestSpotInstances"], PATHFINDING),
  passing(EC2, ["ec2:CreateLaunchTemplate", "autoscaling:CreateAutoScalingGroup"], PATHFINDING),
  running(EC2, ["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"], PATHFINDING),
  running(EC2, ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"], PATHFINDING),
  running(EC2, ["ec2-instance-connect:SendSSHPublicKey"], PATHFINDING),
  running(EC2, ["ssm:StartSession"], PATHFINDING),
  running(EC2, ["ssm:SendCommand"], PATHFINDING),
  passing("ssm.amazonaws.com", ["ssm:StartAutomationExecution"], PATHFINDING),
  passing(GLUE, ["glue:CreateDevEndpoint"], RHINO),
  passing(GLUE, ["glue:CreateJob", "glue:StartJobRun"], PATHFINDING),
  passing(GLUE, ["glue:CreateJob", "glue:CreateTrigger"], PATHFINDING),
  passing(GLUE, ["glue:UpdateJob", "glue:StartJobRun"], PATHFINDING),
  running(GLUE, ["glue:UpdateDevEndpoint"], RHINO),
  passing(CLOUDFORMATION, ["cloudformation:CreateStack"], `${PATHFINDING}cloudformation-001`),
  running(CLOUDFORMATION, ["cloudformation:UpdateStack"], `${PATHFINDING}cloudformation-002`),
  passing(
    CLOUDFORMATION,
    ["cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"],
    `${PATHFINDING}cloudformation-003`,
  ),
  passing(CLOUDFORMATION, ["cloudformation:UpdateStackSet"], `${PATHFINDING}cloudformation-004`),
  running(
    CLOUDFORMATION,
    ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
    `${PATHFINDING}cloudformation-005`,
  ),
  passing(CODEBUILD, ["codebuild:CreateProject", "codebuild:StartBuild"], `${PATHFINDING}codebuild-001`),
  passing(CODEBUILD, ["codebuild:CreateProject", "codebuild:StartBuildBatch"], PATHFINDING),
  running(CODEBUILD, ["codebuild:StartBuild"], PATHFINDING),
  running(CODEBUILD, ["codebuild:StartBuildBatch"], PATHFINDING),
  passing(
    SAGEMAKER,
    ["sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"],
    PATHFINDING,
  ),
  passing(SAGEMAKER, ["sagemaker:CreateTrainingJob"], PATHFINDING),
  passing(SAGEMAKER, ["sagemaker:CreateProcessingJob"], PATHFINDING),
  running(SAGEMAKER, ["sagemaker:CreatePresignedNotebookInstanceUrl"], PATHFINDING),
  passing(TASKS, ["ecs:RegisterTaskDefinition", "ecs:RunTask"], PATHFINDING),
  passing(TASKS, ["ecs:RegisterTaskDefinition", "ecs:CreateService"], PATHFINDING),
  passing(TASKS, ["ecs:RegisterTaskDefinition", "ecs:StartTask"], PATHFINDING),
  passing(TASKS, ["ecs:RunTask"], PATHFINDING),
  running(TASKS, ["ecs:ExecuteCommand"], PATHFINDING),
  passing(
    PIPELINE,
    ["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"],
    RHINO,
  ),
  passing(["tasks.apprunner.amazonaws.com"], ["apprunner:CreateService"], `${PATHFINDING}apprunner-001`),
  running(["tasks.apprunner.amazonaws.com"], ["apprunner:UpdateService"], `${PATHFINDING}apprunner-002`),
  passing(
    "bedrock-agentcore.amazonaws.com",
    ["bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:InvokeCodeInterpreter"],
    `${PATHFINDING}bedrock-001`,
  ),
  running(
    "bedrock-agentcore.amazonaws.com",
    ["bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"],
    `${PATHFINDING}bedrock-002`,
  ),
  passing("states.amazonaws.com", ["states:CreateStateMachine", "states:StartExecution"], PATHFINDING),
  passing("scheduler.amazonaws.com", ["scheduler:CreateSchedule"], PATHFINDING),
  passing(["batch.amazonaws.com", TASKS], ["batch:RegisterJobDefinition", "batch:SubmitJob"], PATHFINDING),
  passing(["elasticmapreduce.amazonaws.com", EC2], ["elasticmapreduce:RunJobFlow"], PATHFINDING),
  ...LATER_METHODS,
];
