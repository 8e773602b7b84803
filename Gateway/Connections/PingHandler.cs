using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Connections;

/// <summary>Answers with the same value and the server's clock.</summary>
internal sealed class PingHandler
{
    public Task Handle(ClientRequest request, Ping command)
    {
        var connection = request.Connection;
        connection.Send(new ServerMessage
        {
            RequestId = request.Id,
            Pong = new Pong { Value = command.Value, ServerTimeMs = (ulong)connection.Time.GetUtcNow().ToUnixTimeMilliseconds() },
        });
        return Task.CompletedTask;
    }
}
