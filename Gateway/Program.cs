using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Configuration;

return ServerInstance.Read(HostKind.Gateway, args) switch
{
    StartAnswer.ShowHelp help => StartReport.Say(help.Text),
    StartAnswer.ShowVersion version => StartReport.Say(version.Version),
    StartAnswer.Wrote wrote => StartReport.Say($"wrote {wrote.Path}"),
    StartAnswer.Refused refused => StartReport.Fail(ExitCode.Configuration, refused.Sentence),
    StartAnswer.Ready ready => await GatewayHost.Run(ready.Settings, ready.Warnings),
    var other => throw new InvalidOperationException($"Nothing is known of {other}."),
};
