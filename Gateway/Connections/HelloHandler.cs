using MmoOrleans.Gateway.Configuration;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Connections;

/// <summary>The first words: both sides agree on a protocol version, or part.</summary>
internal sealed class HelloHandler(ILogger<HelloHandler> log)
{
    private const int LongestClientName = 64;

    public Task Handle(ClientRequest request, Hello command)
    {
        var version = ProtocolVersion.Agree(command.ProtocolMin, command.ProtocolMax);
        if (version == 0)
            Part(request, command);
        else
            Welcome(request, command, version);
        return Task.CompletedTask;
    }

    // Answered whatever the id: the first words decide whether there is a conversation at all.
    private void Welcome(ClientRequest request, Hello command, uint version)
    {
        var limits = request.Connection.Options.Limits;
        GatewayLog.Greeted(log, request.Connection.Id.Number, request.Connection.Transport.Kind, ClientName(command.Client));
        request.Connection.State = ConnectionState.Greeted;
        request.Connection.Send(new ServerMessage
        {
            RequestId = request.Id,
            Welcome = new Welcome
            {
                Protocol = version,
                ServerVersion = ServerInstance.Version,
                PingIntervalMs = (uint)limits.PingInterval.TotalMilliseconds,
                IdleTimeoutMs = (uint)limits.IdleTimeout.TotalMilliseconds,
                MaxFrameBytes = FrameLimits.ClientToServerBytes,
            },
        });
    }

    private static void Part(ClientRequest request, Hello command)
    {
        var why = new Refusal(
            RefusalCode.InvalidPacketVersion,
            $"This server speaks protocol {ProtocolVersion.Min} to {ProtocolVersion.Max}, the client {command.ProtocolMin} to {command.ProtocolMax}.");
        request.Connection.Metrics.Refused(why.Code);
        request.Connection.Send(new ServerMessage { RequestId = request.Id, Refused = why.ToRefused() });
        request.Connection.Close(why);
    }

    /// <summary>Shortened and without anything that could forge a line in a log.</summary>
    private static string ClientName(string text) =>
        new([.. text.Take(LongestClientName).Select(c => char.IsControl(c) ? '?' : c)]);
}
