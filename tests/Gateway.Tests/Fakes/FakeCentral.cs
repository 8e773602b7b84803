using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Gateway.Tests.Fakes;

public sealed class FakeCentral : ICentralGrain
{
    private readonly TaskCompletionSource<GatewayReport> _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<GatewayReport> FirstReport => _reported.Task;

    /// <summary>What it tells each gateway of the others.</summary>
    public ImmutableArray<GatewayReport> OtherGateways { get; set; } = [];

    public GatewayReport? LastReport { get; private set; }

    public Task<ImmutableArray<GatewayReport>> ReportGateway(GatewayReport report)
    {
        LastReport = report;
        _reported.TrySetResult(report);
        return Task.FromResult(OtherGateways);
    }

    public int ChannelsAsked { get; private set; }

    public Task<ImmutableArray<ChannelState>> Channels()
    {
        ChannelsAsked++;
        return Task.FromResult(ImmutableArray.Create(new ChannelState("1", "Channel 1", 3, 500)));
    }

    public Task<RegistrationAnswer> RegisterChat(ChatServerConnection chat) => throw new NotSupportedException();

    public Task<RegistrationAnswer> RegisterMapSpawn(MapSpawnServerConnection spawner) => throw new NotSupportedException();

    public Task<MapRegistered> RegisterMap(MapServerConnection map, int users) => throw new NotSupportedException();

    public Task<DirectoryChanges> Report(SiloReport report) => throw new NotSupportedException();

    public Task<Answer<string>> TakeSeat(string channel, AccountId account) => throw new NotSupportedException();

    public Task<CentralState> GetState() => throw new NotSupportedException();
}
