using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;

namespace MmoOrleans.Gateway.Central;

/// <summary>
/// The channels as Central last told them, a second old at most. Anybody may ask for them without a login, and Central is one
/// grain for the whole cluster: each gateway asks it once a second, however many ask here.
/// </summary>
internal sealed class ChannelStates(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<ImmutableArray<ChannelState>>? _answer;
    private long _askedAt;

    public Task<ImmutableArray<ChannelState>> Ask()
    {
        lock (_gate)
        {
            if (_answer is { IsFaulted: false, IsCanceled: false } answer && time.GetElapsedTime(_askedAt) < LongestAge)
                return answer;
            _askedAt = time.GetTimestamp();
            return _answer = grains.GetGrain<ICentralGrain>(GrainKeys.Central).Channels();
        }
    }
}
