using System.Net;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// Tells those for whom there is no seat why, and sees them out. A flood of them costs little: only so many are told at the same
/// time, the others are cut, and the log gets one line a second.
/// </summary>
internal sealed class TurningAway(ConnectionSurroundings surroundings)
{
    private static readonly TimeSpan LogPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private int _leaving;
    private int _unlogged;
    private long? _loggedAt;

    /// <summary>Beyond those who are told nothing is opened: whoever called ends the connection.</summary>
    public async Task TurnAway(IPAddress address, Func<ValueTask<IFrameTransport?>> open, Refusal why)
    {
        surroundings.Metrics.Disconnected(why.Code);
        Log(address, why);
        try
        {
            if (Interlocked.Increment(ref _leaving) > surroundings.Options.Limits.TurnedAwayAtOnce || await open() is not { } transport)
                return;
            await using (transport)
                await Tell(transport, why);
        }
        finally
        {
            Interlocked.Decrement(ref _leaving);
        }
    }

    private async Task Tell(IFrameTransport transport, Refusal why)
    {
        using var patience = new CancellationTokenSource(surroundings.Options.Limits.CloseLinger, surroundings.Time);
        var farewell = new PooledBuffer();
        FrameWriter.Write(farewell, new ServerMessage { Disconnecting = why.ToDisconnecting() });
        try
        {
            await transport.Send(farewell.Written, patience.Token);
            await transport.Finish(patience.Token);
            await transport.Drain(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It had its time to read the reason and go.
        }
    }

    private void Log(IPAddress address, Refusal why)
    {
        int others;
        lock (_gate)
        {
            if (_loggedAt is { } last && surroundings.Time.GetElapsedTime(last) < LogPeriod)
            {
                _unlogged++;
                return;
            }
            (others, _unlogged, _loggedAt) = (_unlogged, 0, surroundings.Time.GetTimestamp());
        }
        GatewayLog.ConnectionRefused(surroundings.Log, address, why, others);
    }
}
