using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Tests.Fakes;

namespace MmoOrleans.ConsoleClient.Tests;

/// <summary>A console that reads a script and plays against a gateway in memory.</summary>
internal sealed class Play
{
    public const string Login = "connect\nlogin ada secret\n";
    public const string Enter = Login + "select Barone\n";

    private readonly Session _session;

    public Play(params string[] arguments)
    {
        var options = CommandLine.Parse(arguments.Length > 0 ? arguments : ["--server", "central:7000"], out var problem) ?? throw new ArgumentException(problem);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        Client = new MmoClient(new MmoClientOptions { CreateTransport = Gateway.Create, ReuseConnection = options.Stay });
        SynchronizationContext.SetSynchronizationContext(before);
        _session = new Session(Client, options, Output);
    }

    public FakeGateway Gateway { get; } = new();

    public MmoClient Client { get; }

    public WatchedOutput Output { get; } = new();

    public IEnumerable<string> Answers => Output.Lines.Select(line => line.TrimStart('>', ' ')).Where(line => line.StartsWith("ok ") || line.StartsWith("error "));

    public Task<ExitCode> Run(string script, bool isInteractive = false) =>
        _session.Run(new StringReader(script), isInteractive, default).WaitAsync(TimeSpan.FromSeconds(30));
}
