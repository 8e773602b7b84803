using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// The Central Server's directory. No method awaits anything: who calls Central is answered in its turn, and what Central tells
/// the silos are one-way calls. <see cref="ServerDirectory"/> has the rules.
/// </summary>
[GrainType("mmo.central"), KeepAlive]
internal sealed class CentralGrain(IOptions<ChannelOptions> channels, IClusterMembershipService membership, TimeProvider time, ILogger<CentralGrain> log) : Grain, ICentralGrain
{
    private static readonly TimeSpan BetweenExpiries = TimeSpan.FromMilliseconds(500);

    private readonly ServerDirectory _directory = new(Guid.NewGuid(), time.GetUtcNow(), channels.Value.Channels, () => membership.CurrentSnapshot.NamesOfActive());
    private readonly Dictionary<string, IDirectoryObserver> _silos = [];
    private long _told;

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>There is one Central; any other key is somebody's mistake.</summary>
    private bool IsCentral => this.GetPrimaryKeyString() == GrainKeys.Central;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _told = _directory.Version;
        if (IsCentral) log.CentralWaits();
        this.RegisterGrainTimer(Expire, new GrainTimerCreationOptions(BetweenExpiries, BetweenExpiries));
        return Task.CompletedTask;
    }

    public Task<RegistrationAnswer> RegisterChat(ChatServerConnection chat) => Tell(_directory.RegisterChat(chat, Now));

    public Task<RegistrationAnswer> RegisterMapSpawn(MapSpawnServerConnection spawner) => Tell(_directory.RegisterMapSpawn(spawner, Now));

    public Task<MapRegistered> RegisterMap(MapServerConnection map, int users) => Tell(_directory.RegisterMap(map, users, Now));

    public Task<DirectoryChanges> Report(SiloReport report)
    {
        _silos[report.Silo] = report.Observer;
        return Tell(_directory.Report(report, Now));
    }

    public Task<ImmutableArray<GatewayReport>> ReportGateway(GatewayReport report) => Tell(_directory.ReportGateway(report, Now));

    public Task<Answer<string>> TakeSeat(string channel, AccountId account) => Task.FromResult(_directory.TakeSeat(channel, account, Now));

    public Task<ImmutableArray<ChannelState>> Channels() => Task.FromResult(_directory.Channels());

    public Task<CentralState> GetState()
    {
        if (IsCentral) return Task.FromResult(_directory.State());
        DeactivateOnIdle();
        return Task.FromResult(_directory.State() with { Unknown = $"Central is {GrainKeys.Central}." });
    }

    private Task Expire()
    {
        _directory.Expire(Now);
        foreach (var silo in _silos.Keys.Except(_directory.Silos).ToList())
            _silos.Remove(silo);
        return Tell(true);
    }

    /// <summary>Logs what happened, tells the silos what changed, and passes the answer on.</summary>
    private Task<T> Tell<T>(T answer)
    {
        foreach (var fact in _directory.TakeFacts())
            log.Write(fact, _silos.Count);
        if (_directory.Version != _told)
            Push(_directory.ChangesSince(_told));
        return Task.FromResult(answer);
    }

    private void Push(DirectoryChanges changes)
    {
        _told = changes.To;
        foreach (var silo in _silos.Values)
            silo.Changed(changes).Ignore(); // A silo that misses it hears it as the answer to its next report.
    }
}
