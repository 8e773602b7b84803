using System.Diagnostics;
using System.Text.Json;
using MmoOrleans.Bots;
using MmoOrleans.Bots.Wire;

namespace MmoOrleans.Benchmarks.Floor;

/// <summary>The clients of a floor: the bots' sockets and turns with no bot around them.</summary>
internal sealed class FloorClients : ILeanListener
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<LeanSocket> _clients = [];
    private long _frames;
    private long _moves;
    private long _ends;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    public static async Task<int> Run(Arguments arguments)
    {
        arguments.Allow("--port", "--clients", "--rate", "--bytes", "--seconds", "--warm-up");
        var report = await new FloorClients().Measure(arguments);
        Console.WriteLine(JsonSerializer.Serialize(report, LineFile.Format));
        return 0;
    }

    void ILeanListener.OnMessage(ReadOnlySpan<byte> message) => _frames++;

    void ILeanListener.OnEnd(bool isMalformed) => _ends++;

    private async Task<FloorReport> Measure(Arguments arguments)
    {
        using var sockets = new ReadySockets();
        Connect(sockets, arguments.Whole("--port", 0), arguments.Whole("--clients", 1));
        var move = new byte[arguments.Whole("--bytes", 13)];
        var wheel = new TurnWheel(_clients.Count, arguments.Number("--rate", 10), () => Now, index => Send(_clients[index], move));
        using var turns = new TurnThread(wheel.Advance, sockets.Serve);
        await Task.Delay(TimeSpan.FromSeconds(arguments.Number("--warm-up", 2)));
        Console.Error.WriteLine(Measurement.Begins);
        wheel.Lag.Clear();
        var (frames, moves, cpu, from) = (_frames, _moves, Environment.CpuUsage.TotalTime, Now);
        await Task.Delay(TimeSpan.FromSeconds(arguments.Number("--seconds", 5)));
        Console.Error.WriteLine(Measurement.Ends);
        var perClient = 1 / ((Now - from).TotalSeconds * _clients.Count);
        var cpuMs = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds;
        return new FloorReport((_frames - frames) * perClient, (_moves - moves) * perClient, wheel.Lag.MillisecondsAt(0.99), cpuMs * perClient, _ends);
    }

    private void Connect(ReadySockets sockets, int port, int count)
    {
        for (var index = 0; index < count; index++)
        {
            var client = new LeanSocket(this);
            client.Connect("127.0.0.1", port);
            sockets.Add(client);
            _clients.Add(client);
        }
    }

    private void Send(LeanSocket client, byte[] move)
    {
        if (client.TrySend(move)) _moves++;
    }
}

/// <summary>What the clients of a floor saw in the measured time.</summary>
internal sealed record FloorReport(double FramesPerClientPerS, double MovesPerClientPerS, double GeneratorLagP99Ms, double CpuMsPerClientPerS, long Ends);
