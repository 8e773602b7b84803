using System.Text.Json;

namespace MmoOrleans.Bots.Tests.Fakes;

/// <summary>One run of the command against a <see cref="SmallWorld"/>.</summary>
internal sealed class Run(SmallWorld world)
{
    private readonly StringWriter _output = new();

    public StringWriter Progress { get; } = new();

    public int ExitCode { get; private set; }

    public JsonElement Report => JsonDocument.Parse(_output.ToString()).RootElement;

    public async Task<Run> Of(string arguments, CancellationToken stop = default)
    {
        var command = new Command(_output, TextWriter.Synchronized(Progress), TimeProvider.System, _ => new SmallConnection(world));
        ExitCode = await command.Run(arguments.Split(' '), stop).WaitAsync(TimeSpan.FromSeconds(60));
        return this;
    }
}
