import type { EscalationMethod } from "./method";
import { passing, running } from "./method-kinds";

const PATHFINDING = "https://pathfinding.cloud/paths/";
const PASSROLE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html";
const ROLES_ANYWHERE = "https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html";

/**
 * Ways through services that were published since 2025, and such that no catalogue has: they explain what the search
 * finds, which needs none of them.
 *
 * @see https://pathfinding.cloud
 * @see https://github.com/prowler-cloud/prowler/pull/12237
 */
export const LATER_METHODS: readonly EscalationMethod[] = [
  passing("glue.amazonaws.com", ["glue:UpdateJob", "glue:CreateTrigger"], `${PATHFINDING}glue-006`),
  passing("glue.amazonaws.com", ["glue:CreateSession", "glue:RunStatement"], `${PATHFINDING}glue-007`),
  passing("sagemaker.amazonaws.com", ["sagemaker:CreateNotebookInstance"], `${PATHFINDING}sagemaker-001`),
  running(
    "sagemaker.amazonaws.com",
    [
      "sagemaker:CreateNotebookInstanceLifecycleConfig",
      "sagemaker:StopNotebookInstance",
      "sagemaker:UpdateNotebookInstance",
      "sagemaker:StartNotebookInstance",
    ],
    `${PATHFINDING}sagemaker-005`,
  ),
  running(
    "sagemaker.amazonaws.com",
    ["sagemaker:UpdateNotebookInstanceLifecycleConfig"],
    `${PATHFINDING}sagemaker-005`,
  ),
  passing(
    "sagemaker.amazonaws.com",
    ["sagemaker:CreateHyperParameterTuningJob"],
    `${PATHFINDING}sagemaker-002`,
  ),
  passing("braket.amazonaws.com", ["braket:CreateJob"], `${PATHFINDING}braket-001`),
  running(
    ["codedeploy.amazonaws.com", "ec2.amazonaws.com"],
    ["codedeploy:CreateDeployment"],
    `${PATHFINDING}codedeploy-001`,
  ),
  running(
    ["codedeploy.amazonaws.com", "ec2.amazonaws.com"],
    ["codedeploy:RegisterApplicationRevision", "codedeploy:CreateDeployment"],
    `${PATHFINDING}codedeploy-001`,
  ),
  passing(
    ["cognito-identity.amazonaws.com"],
    ["cognito-identity:SetIdentityPoolRoles"],
    `${PATHFINDING}cognitoidentity-001`,
  ),
  passing(
    "ecs-tasks.amazonaws.com",
    ["ecs:RegisterContainerInstance", "ecs:StartTask"],
    `${PATHFINDING}ecs-007`,
  ),
  passing(
    "ecs-tasks.amazonaws.com",
    ["ecs:RegisterContainerInstance", "ecs:DeregisterContainerInstance", "ecs:StartTask"],
    `${PATHFINDING}ecs-007`,
  ),
  passing("ecs-tasks.amazonaws.com", ["ecs:StartTask"], `${PATHFINDING}ecs-009`),
  passing(
    "ecs-tasks.amazonaws.com",
    ["ecs:RegisterTaskDefinition", "ecs:UpdateService"],
    `${PATHFINDING}ecs-004`,
  ),
  passing(
    "ecs-tasks.amazonaws.com",
    ["ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
    `${PATHFINDING}ecs-002`,
  ),
  passing(
    "ecs-tasks.amazonaws.com",
    ["ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
    `${PATHFINDING}ecs-001`,
  ),
  passing("emr-serverless.amazonaws.com", ["emr-serverless:StartJobRun"], `${PATHFINDING}emrserverless-001`),
  passing(
    "emr-serverless.amazonaws.com",
    ["emr-serverless:CreateApplication", "emr-serverless:StartJobRun"],
    `${PATHFINDING}emrserverless-001`,
  ),
  passing(
    "gamelift.amazonaws.com",
    ["gamelift:CreateBuild", "gamelift:CreateFleet"],
    `${PATHFINDING}gamelift-001`,
  ),
  passing(
    "gamelift.amazonaws.com",
    ["gamelift:CreateBuild", "gamelift:RequestUploadCredentials", "gamelift:CreateFleet"],
    `${PATHFINDING}gamelift-001`,
  ),
  passing(
    "ec2.amazonaws.com",
    [
      "imagebuilder:CreateComponent",
      "imagebuilder:CreateImageRecipe",
      "imagebuilder:CreateInfrastructureConfiguration",
      "imagebuilder:CreateImage",
    ],
    `${PATHFINDING}imagebuilder-001`,
  ),
  passing(
    "kinesisanalytics.amazonaws.com",
    ["kinesisanalytics:CreateApplication"],
    `${PATHFINDING}kinesisanalytics-001`,
  ),
  passing(
    "kinesisanalytics.amazonaws.com",
    ["kinesisanalytics:CreateApplication", "kinesisanalytics:StartApplication"],
    `${PATHFINDING}kinesisanalytics-001`,
  ),
  passing("omics.amazonaws.com", ["omics:StartRun"], `${PATHFINDING}omics-001`),
  passing("omics.amazonaws.com", ["omics:CreateWorkflow", "omics:StartRun"], `${PATHFINDING}omics-001`),
  passing(
    "ssm.amazonaws.com",
    ["ssm:CreateDocument", "ssm:StartAutomationExecution"],
    `${PATHFINDING}ssm-003`,
  ),
  running("states.amazonaws.com", ["states:UpdateStateMachine"], PASSROLE),
  running("states.amazonaws.com", ["states:UpdateStateMachine", "states:StartExecution"], PASSROLE),
  passing("states.amazonaws.com", ["states:TestState"], PASSROLE),
  passing(
    "amplify.amazonaws.com",
    ["amplify:CreateApp", "amplify:CreateBranch", "amplify:StartJob"],
    `${PATHFINDING}amplify-001`,
  ),
  passing(
    "ec2.amazonaws.com",
    ["autoscaling:CreateLaunchConfiguration", "autoscaling:CreateAutoScalingGroup"],
    PASSROLE,
  ),
  passing(
    "ec2.amazonaws.com",
    ["autoscaling:CreateLaunchConfiguration", "autoscaling:UpdateAutoScalingGroup"],
    PASSROLE,
  ),
  passing("codestar.amazonaws.com", ["codestar:CreateProject"], PASSROLE),
  running(["batch.amazonaws.com", "ecs-tasks.amazonaws.com"], ["batch:SubmitJob"], `${PATHFINDING}batch-002`),
  passing(
    ["batch.amazonaws.com", "ecs-tasks.amazonaws.com"],
    [
      "batch:CreateComputeEnvironment",
      "batch:CreateJobQueue",
      "batch:RegisterJobDefinition",
      "batch:SubmitJob",
    ],
    `${PATHFINDING}batch-003`,
  ),
  passing(
    "bedrock-agentcore.amazonaws.com",
    [
      "bedrock-agentcore:CreateCodeInterpreter",
      "bedrock-agentcore:StartCodeInterpreterSession",
      "bedrock-agentcore:InvokeCodeInterpreter",
    ],
    `${PATHFINDING}bedrock-001`,
  ),
  passing(
    "bedrock-agentcore.amazonaws.com",
    ["bedrock-agentcore:CreateAgentRuntime"],
    `${PATHFINDING}bedrock-003`,
  ),
  passing(
    "bedrock-agentcore.amazonaws.com",
    ["bedrock-agentcore:CreateAgentRuntime", "bedrock-agentcore:InvokeAgentRuntimeCommand"],
    `${PATHFINDING}bedrock-003`,
  ),
  running(
    "bedrock-agentcore.amazonaws.com",
    ["bedrock-agentcore:InvokeAgentRuntimeCommand"],
    `${PATHFINDING}bedrock-004`,
  ),
  passing(
    "bedrock-agentcore.amazonaws.com",
    ["bedrock-agentcore:CreateHarness", "bedrock-agentcore:InvokeAgentRuntimeCommand"],
    `${PATHFINDING}bedrock-005`,
  ),
  passing(
    "bedrock-agentcore.amazonaws.com",
    [
      "bedrock-agentcore:CreateBrowser",
      "bedrock-agentcore:StartBrowserSession",
      "bedrock-agentcore:ConnectBrowserAutomationStream",
    ],
    `${PATHFINDING}bedrock-006`,
  ),
  running(
    "bedrock-agentcore.amazonaws.com",
    ["bedrock-agentcore:StartBrowserSession", "bedrock-agentcore:ConnectBrowserAutomationStream"],
    `${PATHFINDING}bedrock-007`,
  ),
  passing(
    ["airflow-env.amazonaws.com", "airflow.amazonaws.com"],
    ["airflow:CreateEnvironment"],
    `${PATHFINDING}mwaa-001`,
  ),
  running(
    ["airflow-env.amazonaws.com", "airflow.amazonaws.com"],
    ["airflow:UpdateEnvironment"],
    `${PATHFINDING}mwaa-002`,
  ),
  passing(
    "lambda.amazonaws.com",
    ["dynamodb:CreateTable", "dynamodb:PutItem", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
    `${PATHFINDING}lambda-002`,
  ),
  running(
    "lambda.amazonaws.com",
    ["lambda:UpdateFunctionCode", "lambda:InvokeFunction"],
    `${PATHFINDING}lambda-003`,
  ),
  running(
    "lambda.amazonaws.com",
    ["lambda:UpdateFunctionCode", "lambda:AddPermission"],
    `${PATHFINDING}lambda-004`,
  ),
  passing(
    "lambda.amazonaws.com",
    ["lambda:CreateFunction", "lambda:CreateFunctionUrlConfig"],
    `${PATHFINDING}lambda-001`,
  ),
  passing("events.amazonaws.com", ["events:PutRule", "events:PutTargets"], PASSROLE),
  passing("codepipeline.amazonaws.com", ["codepipeline:CreatePipeline"], PASSROLE),
  passing(
    "codedeploy.amazonaws.com",
    ["codedeploy:CreateDeploymentGroup", "codedeploy:CreateDeployment"],
    `${PATHFINDING}codedeploy-001`,
  ),
  passing("elasticbeanstalk.amazonaws.com", ["elasticbeanstalk:CreateEnvironment"], PASSROLE),
  running("ec2.amazonaws.com", ["ssm:ResumeSession"], `${PATHFINDING}ssm-001`),
  running("ec2.amazonaws.com", ["ssm:CreateAssociation"], `${PATHFINDING}ssm-001`),
  running("ec2.amazonaws.com", ["ssm:UpdateDocument"], `${PATHFINDING}ssm-001`),
  running("ec2.amazonaws.com", ["ssm:UpdateAssociation"], `${PATHFINDING}ssm-001`),
  running(
    "ec2.amazonaws.com",
    ["ec2-instance-connect:SendSerialConsoleSSHPublicKey"],
    `${PATHFINDING}ec2-003`,
  ),
  running("ec2.amazonaws.com", ["ec2-instance-connect:OpenTunnel"], `${PATHFINDING}ec2-003`),
  running("ec2.amazonaws.com", ["ssm:CreateDocument", "ssm:SendCommand"], `${PATHFINDING}ssm-002`),
  running("ec2.amazonaws.com", ["elasticbeanstalk:UpdateEnvironment"], PASSROLE),
  running("rolesanywhere.amazonaws.com", ["rolesanywhere:CreateTrustAnchor"], ROLES_ANYWHERE),
  running("rolesanywhere.amazonaws.com", ["rolesanywhere:UpdateTrustAnchor"], ROLES_ANYWHERE),
  passing(
    "rolesanywhere.amazonaws.com",
    ["rolesanywhere:CreateTrustAnchor", "rolesanywhere:CreateProfile"],
    ROLES_ANYWHERE,
  ),
  passing("rolesanywhere.amazonaws.com", ["rolesanywhere:UpdateProfile"], ROLES_ANYWHERE),
];
