using System.Collections.Concurrent;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Grains.Tests.Accounts;

/// <summary>A gateway with as many connections as a test wants; remembers which it was told to close and why.</summary>
internal sealed class FakeGateway : IGatewayObserver
{
    private readonly GatewayId _id = GatewayId.New();
    private readonly ConcurrentDictionary<ConnectionId, RefusalCode> _closed = new();
    private readonly ConcurrentDictionary<ConnectionId, bool> _gone = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _hold;
    private IGatewayObserver? _reference;
    private long _connections;

    /// <summary>A new connection that proved the account.</summary>
    internal SessionHolder Connect(IGrainFactory grains, long epoch)
    {
        _reference ??= grains.CreateObjectReference<IGatewayObserver>(this);
        return new SessionHolder(new ConnectionId(_id, Interlocked.Increment(ref _connections)), epoch, _reference);
    }

    /// <summary>The client closes it.</summary>
    internal void Lose(SessionHolder holder) => _gone[holder.Connection] = true;

    /// <summary>From here on it does not say which connections are there. Ends when it has been asked.</summary>
    internal Task HoldConfirmations()
    {
        _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _asked.Task;
    }

    internal void ReleaseConfirmations() => _hold!.SetResult();

    internal RefusalCode? ClosedWith(SessionHolder holder) => _closed.TryGetValue(holder.Connection, out var code) ? code : null;

    internal int Closed(RefusalCode code) => _closed.Values.Count(closed => closed == code);

    public Task Close(ConnectionId connection, Refusal why)
    {
        _closed[connection] = why.Code;
        return Task.CompletedTask;
    }

    public async Task<Answer<Done>> Confirm(ConnectionId connection)
    {
        if (_hold is { } hold)
        {
            _asked.TrySetResult();
            await hold.Task;
        }

        return _gone.ContainsKey(connection) ? Answer.Refuse<Done>(RefusalCode.AccountLoggedInByOther) : Answer.Done;
    }
}
