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

    internal RefusalCode? ClosedWith(SessionHolder holder) => _closed.TryGetValue(holder.Connection, out var code) ? code : null;

    internal int Closed(RefusalCode code) => _closed.Values.Count(closed => closed == code);

    public Task Close(ConnectionId connection, Refusal why)
    {
        _closed[connection] = why.Code;
        return Task.CompletedTask;
    }

    public Task<Answer<Done>> Confirm(ConnectionId connection) =>
        Task.FromResult(_gone.ContainsKey(connection) ? Answer.Refuse<Done>(RefusalCode.AccountLoggedInByOther) : Answer.Done);
}
