using System.Diagnostics;

namespace MmoOrleans.EndToEnd.Hosts;

/// <summary>A silo or gateway as an operator runs it.</summary>
public sealed class HostProcess : ChildProcess
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostProcess(string assembly, params string[] arguments) : base(assembly, arguments)
    {
    }

    /// <param name="connectionString">Of the cluster's database, given in the environment.</param>
    /// <param name="site">Where it runs.</param>
    public HostProcess(string connectionString, Site site, string assembly, string[] arguments)
        : base(site, assembly, [.. arguments, .. site.Arguments], ("MMO_CONNECTIONSTRING", connectionString)) => Site = site;

    public Site Site { get; } = Site.Here;

    /// <summary>Where its gateway listens for clients.</summary>
    public Door Door => new(Site.Address, PortOf("game"));

    /// <summary>A silo's name, as operators see and write it.</summary>
    public string SiloName => $"silo-{Site.Address}-{PortOf("silo")}";

    /// <summary>Waits for READY; a host that does not come to it is ended.</summary>
    public async Task<HostProcess> Ready()
    {
        try
        {
            await _ready.Task.WaitAsync(Patience);
            return this;
        }
        catch (Exception exception)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"The host did not get READY.\n{Everything}", exception);
        }
    }

    /// <summary>The port at the end of a <c>listen KIND scheme://host:PORT...</c> or <c>listen silo HOST:PORT</c> line.</summary>
    public int PortOf(string kind)
    {
        var line = Output.FirstOrDefault(line => line.StartsWith($"listen {kind} ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No line 'listen {kind}' in:\n{Everything}");
        var text = line.Split(' ')[2];
        return text.Contains("://", StringComparison.Ordinal) ? new Uri(text).Port : int.Parse(text[(text.LastIndexOf(':') + 1)..]);
    }

    /// <summary>Waits for a log line of this event id that has all of these texts.</summary>
    public Task<string> Logged(int eventId, params string[] texts) => Until.Found(
        () => Log.FirstOrDefault(line => line.Contains($"[{eventId}]", StringComparison.Ordinal) && texts.All(text => line.Contains(text, StringComparison.Ordinal))),
        $"log event {eventId} with {string.Join(", ", texts)}", () => Everything);

    /// <summary>SIGTERM, as a supervisor stops a service.</summary>
    public Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Process.Id}"]);
        kill.WaitForExit();
        return Ended();
    }

    protected override void OnOutput(string line)
    {
        if (line == "READY")
            _ready.TrySetResult();
    }

    protected override void OnExit() => _ready.TrySetException(new InvalidOperationException("It ended before READY."));
}
