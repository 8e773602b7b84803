using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Tests.Accounts;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Maps.Warping;

/// <summary>How a player goes on after a warp.</summary>
public enum GoesOn
{
    NotYet,

    /// <summary>It walks on where it was.</summary>
    OnFoot,

    /// <summary>It enters the target with the ticket it was given.</summary>
    ByTicket,

    /// <summary>It was told to, or lost its connection.</summary>
    BySelecting,
}

/// <summary>A player of a live cluster and its account's session, that goes from home to another map and does what a client does.</summary>
internal sealed class Traveller : IAsyncDisposable
{
    private readonly GrainCluster _cluster;
    private readonly FakeGateway _connections = new();
    private readonly AccountId _account = AccountId.New();
    private readonly CharacterListed _listed = new(CharacterId.New(), "Ann", default, DateTimeOffset.UnixEpoch, null);
    private readonly List<LiveGateway> _gateways = [];
    private LiveGateway _here = null!;
    private Visitor _visitor = null!;
    private long _epoch;

    private Traveller(GrainCluster cluster) => _cluster = cluster;

    public CharacterId Id => _listed.Id;

    public IMapGrain Home => _gateways[0].Grain;

    public IMapGrain Away => _gateways[1].Grain;

    public ICharacterGrain Character => _cluster.Grains.GetGrain<ICharacterGrain>(Id.Value);

    /// <summary>A map on its channel.</summary>
    public IMapGrain Map(string name) => _cluster.Grains.GetGrain<IMapGrain>(new MapId(_gateways[0].Map.Channel, name).Key);

    /// <summary>Null: it does not see itself.</summary>
    private MapPoint? Seen => _here.PlaceOf(_visitor) is { } place ? MapPoint.Under(place) : null;

    private ISessionGrain Session => _cluster.Grains.GetGrain<ISessionGrain>(_account.Value);

    public static async Task<Traveller> AtHome(GrainCluster cluster, string channel)
    {
        var traveller = new Traveller(cluster);
        foreach (var map in new[] { GatedFields.Home, GatedFields.Away })
            traveller._gateways.Add(await LiveGateway.Join(cluster.Grains, new MapId(channel, map)));
        await traveller.Select();
        return traveller;
    }

    /// <summary>Walks into the gate to a map.</summary>
    public void WalkTo(string map) => Claim(GatedFields.GateTo(map));

    /// <summary>Waits until it sees itself in the gate: until then it would seem to have come back.</summary>
    public Task SeesItselfGo() =>
        Wait.Until(() => Seen is { } point && point != GatedFields.Start, "the player to see itself in the gate");

    /// <summary>Does what a client does with what it is told. All the while it tries to walk away from the gate.</summary>
    public async Task<GoesOn> GoOn()
    {
        var how = await Wait.For(Look, told => told != GoesOn.NotYet, "the player to be able to go on");
        if (how == GoesOn.OnFoot || (how == GoesOn.ByTicket && await Enter(_here.Told<MovedAway>(_visitor)[0].Ticket)))
            return how;
        await Select();
        return GoesOn.BySelecting;
    }

    /// <summary>Waits to be told that a warp is refused.</summary>
    public async Task<WarpFailed> Refused()
    {
        await _here.WaitFor<WarpFailed>(_visitor);
        return Assert.Single(_here.Told<WarpFailed>(_visitor));
    }

    /// <summary>Tries to walk until it is told to go away.</summary>
    public async Task<Refusal> SentAway()
    {
        var how = await Wait.For(Look, told => told != GoesOn.NotYet, "the player to be told something");
        Assert.Equal(GoesOn.BySelecting, how);
        return Assert.Single(_here.Told<TakenAway>(_visitor)).Why;
    }

    /// <summary>One avatar in the world, where the record has the character, over one session; and it stays like that.</summary>
    public async Task IsInOnePlace()
    {
        await Wait.For(Census, census => census.IsOne, "one avatar, where the record has it");
        var tick = (await _here.Grain.GetState()).Tick;
        await Wait.For(_here.Grain.GetState, state => state.Tick > tick + 10, "half a second to pass on the map");
        var census = await Census();
        Assert.True(census.IsOne, $"{census}");
        Assert.Equal(_here.Map, census.Record);
        Assert.Equal(new SessionState(_account, true, Id, _here.Map.ToString(), _epoch), await Session.GetState());
    }

    /// <summary>It walks, and its map moves it.</summary>
    public async Task PlaysOn()
    {
        var start = await _here.Find(_visitor);
        await _here.Walk(_visitor, start.X, start.Z + 1);
        await Wait.Until(() => _here.PlaceOf(_visitor)?.Z == start.Z + 1, "the player to have walked");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
            await gateway.DisposeAsync();
    }

    private void Claim(MapPoint place)
    {
        var at = place.At(0);
        _visitor.GoesTo(at.X, at.Z);
    }

    private async Task<GoesOn> Look()
    {
        if (_visitor.Entity == 0 || _here.Told<TakenAway>(_visitor).Count > 0)
            return GoesOn.BySelecting;
        if (_here.Told<MovedAway>(_visitor).Count > 0)
            return GoesOn.ByTicket;
        Claim(GatedFields.Start);
        return Seen == GatedFields.Start && (await Census()).IsOne ? GoesOn.OnFoot : GoesOn.NotYet;
    }

    private async Task<Census> Census() => new(
        (await Home.GetState()).Users, (await Away.GetState()).Users, await Character.Whereabouts(), _gateways[0].Map, _gateways[1].Map);

    private async Task Select()
    {
        var central = _connections.Connect(_cluster.Grains, ++_epoch);
        (await Session.Open(central, played: _visitor?.Admission.Character)).Value();
        var ticket = await Wait.For(() => Session.Select(central.Connection, _epoch, _listed, _gateways[0].Map.Channel),
            answer => answer is Granted<MapTicket>, "the character to be selected");
        Assert.True(await Enter(ticket.Value()), "a ticket that was just given was refused");
    }

    /// <summary>False: the ticket is not known any more, which a client answers by selecting again.</summary>
    private async Task<bool> Enter(MapTicket ticket)
    {
        var entered = await Session.Enter(_connections.Connect(_cluster.Grains, _epoch), Id, new TicketPass(ticket.Ticket));
        if (!entered.TryGet(out var admission, out var why))
            return why.Code == RefusalCode.TicketExpired ? false : throw new InvalidOperationException(why.ToString());
        _here = _gateways.Single(gateway => gateway.Map == admission.Map);
        foreach (var gateway in _gateways.Where(_ => _visitor is not null))
            gateway.Forget(_visitor);
        _visitor = await _here.Bring(admission);
        return true;
    }
}

/// <summary>Where a character is, by everybody who has a say in it.</summary>
internal sealed record Census(int AtHome, int Away, MapId? Record, MapId Home, MapId Other)
{
    public bool IsOne => (AtHome, Away) switch
    {
        (1, 0) => Record == Home,
        (0, 1) => Record == Other,
        _ => false,
    };
}
