using MmoOrleans.ConsoleClient.Output;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Central;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.ConsoleClient.Commands;

/// <summary>Which server, and the connection to it.</summary>
public sealed class ServerCommands(MmoClient client, Transcript transcript, ServerEndpoint? given, string listPath = "config/serverList.txt")
{
    public IEnumerable<ConsoleCommand> All =>
    [
        new("servers", "", "the servers of config/serverList.txt", (_, _) => Task.FromResult(Servers())) { NeedsServer = false },
        new("connect", "[TITLE|HOST:PORT]", "to Central: the server named, else that of --server, else the first of the list", (words, token) => Connect(words.FirstOrDefault()?.Trim('"'), token)) { NeedsServer = false, TakesRest = true },
        new("disconnect", "", "leave everything", Disconnect) { NeedsServer = false },
    ];

    /// <summary>Connects when a command needs a server, one was named on the command line, and nobody has connected yet. Null: nothing stands in the way.</summary>
    public async Task<CommandResult?> EnsureConnected(CancellationToken cancellation)
    {
        if (given is null || client.CentralEndpoint is not null) return null;
        var answer = await client.ConnectCentralAsync(given, cancellation);
        return answer.IsGranted(out _) ? null : CommandResult.NotDone(answer, ExitCode.CouldNotConnect);
    }

    private CommandResult Servers()
    {
        if (Read(out var list) is { } problem) return problem;
        foreach (var server in list.Servers)
            transcript.Item(OutputLine.Item("server").With("title", server.Title).With("address", server.Endpoint.ToString()).With("secure", server.Endpoint.Secure ? "true" : "false"));
        return CommandResult.Done(OutputLine.Ok("servers").With("count", list.Servers.Count).With("skipped", list.Skipped.Count));
    }

    private async Task<CommandResult> Connect(string? name, CancellationToken cancellation)
    {
        if (Find(name, out var endpoint) is { } problem) return problem;
        var answer = await client.ConnectCentralAsync(endpoint, cancellation);
        if (!answer.IsGranted(out var welcome)) return CommandResult.NotDone(answer, ExitCode.CouldNotConnect);
        return CommandResult.Done(OutputLine.Ok("connect").With("address", endpoint.ToString()).With("version", welcome.ServerVersion).With("protocol", welcome.Protocol));
    }

    private async Task<CommandResult> Disconnect(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        await client.DisconnectAsync(cancellation);
        return CommandResult.Done(OutputLine.Ok("disconnect"));
    }

    // A title wins over an address, because somebody has chosen it.
    private CommandResult? Find(string? name, out ServerEndpoint endpoint)
    {
        endpoint = given!;
        if (name is null && given is not null) return null;
        var problem = Read(out var list);
        if (name is null)
        {
            endpoint = list.Servers.Count > 0 ? list.Servers[0].Endpoint : null!;
            return problem ?? (endpoint is null ? new CommandResult.Failed("NO_SERVER", $"{listPath} lists no server.") : null);
        }

        if (list.Find(name) is { } server) endpoint = server.Endpoint;
        else if (!ServerEndpoint.TryParse(name, out endpoint)) return problem ?? new CommandResult.Failed("NO_SERVER", $"{name} is neither a title in {listPath} nor HOST:PORT.");
        return null;
    }

    private CommandResult.Failed? Read(out ServerList list)
    {
        list = new ServerList([], []);
        try
        {
            list = ServerList.Parse(File.ReadAllText(listPath));
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new CommandResult.Failed("NO_SERVER_LIST", $"{Path.GetFullPath(listPath)} cannot be read; give --server HOST:PORT, or write the file with one 'TITLE, host:port[, secure]' per line.");
        }
    }
}
