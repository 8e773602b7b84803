using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.GrainInterfaces.Spawning;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Secrets;

namespace MmoOrleans.Grains.Spawning;

/// <summary>
/// The Map Spawn Server. With the first lease it registers with Central, and once it was accepted it keeps the desired maps up, and has
/// those retire that are wanted no more. No call awaits anything:
/// registering and starting run beside the calls. What a start has brought is applied when it is there, to the map's entry as it
/// is then: it may be gone. <see cref="DesiredMaps"/> has the rules.
/// </summary>
[GrainType("mmo.spawn"), KeepAlive]
internal sealed class MapSpawnGrain(
    IMapStarter starter,
    ILocalDirectory directory,
    ILocalSiloDetails silo,
    TimeProvider time,
    ILogger<MapSpawnGrain> log) : Grain, IMapSpawnGrain
{
    /// <summary>Maps that are started at once. The others wait for their turn.</summary>
    private const int MostAtOnce = 32;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenRegistrations = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    private readonly DesiredMaps _desired = new();
    private readonly string _connectionKey = Secret.New();
    private readonly DateTimeOffset _activated = time.GetUtcNow();
    private bool _isUp;
    private bool _isRegistered;
    private int _starting;

    private string Name => this.GetPrimaryKeyString();

    private DateTimeOffset Now => time.GetUtcNow();

    public Task Lease(string silo, ImmutableArray<MapId> maps, TimeSpan timeout)
    {
        if (!_isUp) ComeUp();
        if (_desired.Lease(silo, maps, timeout, Now)) log.SiloWants(Name, silo, maps.Length, _desired.Count);
        return Reconcile();
    }

    public Task Return(string silo)
    {
        if (_desired.Return(silo, Now)) log.SiloWantsNoMore(Name, silo, "stopped", _desired.Count);
        return Task.CompletedTask;
    }

    public Task<SpawnState> GetState()
    {
        if (!_isUp) DeactivateOnIdle();
        return Task.FromResult(new SpawnState(_isRegistered, _desired.Silos, _desired.State())
        {
            Unknown = _isUp ? null : "No silo has asked this spawner for a map.",
        });
    }

    private void ComeUp()
    {
        _isUp = true;
        log.SpawnerIsUp(Name);
        this.RegisterGrainTimer(KeepRegistered, new GrainTimerCreationOptions(TimeSpan.Zero, BetweenRegistrations) { Interleave = true });
        this.RegisterGrainTimer(Reconcile, new GrainTimerCreationOptions(BetweenLooks, BetweenLooks) { Interleave = true });
    }

    private Task Reconcile()
    {
        foreach (var silent in _desired.Expire(Now))
            log.SiloWantsNoMore(Name, silent, "was silent", _desired.Count);
        foreach (var dead in _desired.Look(map => directory.Find(map) is not null, Now))
            log.MapDied(dead.Map, dead.LastError, dead.Failures, DesiredMap.FailureBudget);
        if (!_isRegistered) return Task.CompletedTask;
        StartDue();
        foreach (var map in _desired.TakeUnwanted(MostAtOnce, Now))
            Retire(map).Ignore(); // It catches what can fail, and the answer is in the state.
        return Task.CompletedTask;
    }

    private void StartDue()
    {
        foreach (var order in _desired.TakeDue(MostAtOnce - _starting, Now))
            Start(order).Ignore(); // As above.
    }

    private async Task Start(StartOrder order)
    {
        _starting++;
        var begun = Now;
        var answer = await starter.Start(order.Map, order.Timeout);
        _starting--;
        if (_desired.FindStarting(order.Map) is { } map) Note(map, answer, Now - begun);
        StartDue(); // A thousand maps come up one after another, not in rounds.
    }

    private void Note(DesiredMap map, Answer<MapReadiness> answer, TimeSpan took)
    {
        if (answer.TryGet(out _, out var why)) Succeed(map, took);
        else Fail(map, why);
    }

    private async Task Retire(MapId map)
    {
        if (await starter.Retire(map) && _desired.Retired(map)) log.MapRetired(map);
    }

    private void Succeed(DesiredMap map, TimeSpan took)
    {
        map.Up(Now);
        log.MapIsUp(map.Map, took.TotalMilliseconds);
    }

    private void Fail(DesiredMap map, Refusal why)
    {
        map.Fail(why.Sentence, Now);
        var wait = (map.NextTry - Now)?.TotalSeconds ?? 0;
        if (map.Status == SpawnStatus.GivenUp) log.MapGivenUp(map.Map, why.Sentence, map.Failures, wait);
        else log.MapFailed(map.Map, why.Sentence, map.Failures, DesiredMap.FailureBudget, wait);
    }

    private async Task KeepRegistered()
    {
        try
        {
            await Register();
        }
        catch (Exception failure)
        {
            log.RegistrationFailed(Name, failure.Message);
        }
    }

    /// <summary>Once accepted, the maps are kept up also while Central is away: they register by themselves when it is back.</summary>
    private async Task Register()
    {
        var central = GrainFactory.GetGrain<ICentralGrain>(GrainKeys.Central);
        var answer = await central.RegisterMapSpawn(Connection()).WaitAsync(AnswerWithin, time);
        if (answer == RegistrationAnswer.Superseded)
        {
            log.Superseded(Name);
            DeactivateOnIdle();
            return;
        }
        if (!_isRegistered) log.Registered(Name, _desired.Count);
        _isRegistered = true;
        await Reconcile();
    }

    private MapSpawnServerConnection Connection()
    {
        var endpoint = silo.SiloAddress.Endpoint;
        var epoch = new Fence(0, _activated.ToUnixTimeMilliseconds());
        return new MapSpawnServerConnection(Name, endpoint.Address.ToString(), endpoint.Port, _connectionKey, epoch, silo.Name, _desired.Count);
    }
}
