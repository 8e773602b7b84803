using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Maps;

namespace MmoOrleans.Grains.Tests.Accounts;

/// <summary>
/// What thousands who come back at once ask of the store, on the whole way that a gateway goes: the token at Central, the session, the
/// selection, and the token again, the ticket and the entry at the map.
/// </summary>
public sealed class EnteringWithAToken : IAsyncLifetime
{
    private static readonly MapId Home = new("default", "Map001");
    private readonly FakeGateway _connections = new();
    private GrainCluster _cluster = null!;
    private LiveGateway _gateway = null!;
    private AccountLogin _login = null!;
    private CharacterId _character;

    private IGrainFactory Grains => _cluster.Grains;

    private IAccountGrain Account => Grains.GetGrain<IAccountGrain>(_login.Account.Value);

    private ISessionGrain Session => Grains.GetGrain<ISessionGrain>(_login.Account.Value);

    public async ValueTask InitializeAsync()
    {
        _cluster = await GrainCluster.Start(options => options.Silos = 1);
        _gateway = await LiveGateway.Join(Grains, Home);
        _login = (await Grains.GetGrain<IAccountGrain>(Guid.NewGuid()).Login("Barone")).Value();
        _character = (await Account.CreateCharacter(_login.Epoch, Names.New(), default)).Value().Id;
        await Enter();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task On_a_warm_account_reads_and_writes_nothing() =>
        Assert.Contains(new Cost(0, 0, 0, 0), await Costs(before: () => Task.CompletedTask));

    [Fact]
    public async Task On_a_cold_account_costs_a_read_each_and_the_write_that_claims_the_character() =>
        Assert.Contains(new Cost(1, 0, 1, 1), await Costs(before: async () =>
        {
            await _cluster.Deactivate(Account);
            await _cluster.Deactivate(Session);
            await _cluster.Deactivate(Grains.GetGrain<ICharacterGrain>(_character.Value));
        }));

    /// <summary>Of three entries: on a machine that stands still for seconds a map may miss its gateway in one and save the player.</summary>
    private async Task<List<Cost>> Costs(Func<Task> before)
    {
        var costs = new List<Cost>();
        for (var entry = 0; entry < 3; entry++)
        {
            await before();
            _cluster.Storage.ForgetCalls();
            await Enter();
            costs.Add(new Cost(
                _cluster.Storage.Reads(AccountRecord.State), _cluster.Storage.Writes(AccountRecord.State),
                _cluster.Storage.Reads(CharacterRecord.State), _cluster.Storage.Writes(CharacterRecord.State)));
        }
        return costs;
    }

    /// <summary>The player is on the map all the while and is taken over, so that no map saves what a leaver has left.</summary>
    private async Task Enter()
    {
        var proved = (await Account.ValidateToken(_login.AccessToken)).Value();
        var central = _connections.Connect(Grains, proved.Epoch);
        (await Session.Open(central, proved.Played)).Value();
        var listed = (await Account.PlayCharacter(proved.Epoch, _character)).Value();
        var ticket = (await Session.Select(central.Connection, proved.Epoch, listed, Home.Channel)).Value();
        (await Account.ValidateToken(_login.AccessToken)).Value();
        var admission = (await Session.Enter(_connections.Connect(Grains, proved.Epoch), _character, new TicketPass(ticket.Ticket))).Value();
        await _gateway.Bring(admission);
    }

    private sealed record Cost(int AccountReads, int AccountWrites, int CharacterReads, int CharacterWrites);
}
