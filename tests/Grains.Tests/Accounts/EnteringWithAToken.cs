using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
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
        await EnterAndLeave();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task On_a_warm_account_reads_and_writes_nothing()
    {
        _cluster.Storage.ForgetCalls();
        await Enter();
        Assert.Equal((0, 0), Calls(AccountRecord.State));
        Assert.Equal((0, 0), Calls(CharacterRecord.State));
    }

    [Fact]
    public async Task On_a_cold_account_costs_a_read_each_and_the_write_that_claims_the_character()
    {
        await _cluster.Deactivate(Account);
        await _cluster.Deactivate(Session);
        await _cluster.Deactivate(Grains.GetGrain<ICharacterGrain>(_character.Value));
        _cluster.Storage.ForgetCalls();
        await Enter();
        Assert.Equal((1, 0), Calls(AccountRecord.State));
        Assert.Equal((1, 1), Calls(CharacterRecord.State));
    }

    private (int Reads, int Writes) Calls(string state) => (_cluster.Storage.Reads(state), _cluster.Storage.Writes(state));

    /// <summary>Until the map has saved the leaver, which is the one write of a visit that began warm.</summary>
    private async Task EnterAndLeave()
    {
        var visitor = await Enter();
        var writes = _cluster.Storage.Writes(CharacterRecord.State);
        _gateway.Forget(visitor);
        await _gateway.Grain.Leave(_character, visitor.Admission.Owner, LeaveKind.Left);
        await Wait.Until(() => _cluster.Storage.Writes(CharacterRecord.State) > writes, "the leaver to be saved");
    }

    private async Task<Visitor> Enter()
    {
        var proved = (await Account.ValidateToken(_login.AccessToken)).Value();
        var central = _connections.Connect(Grains, proved.Epoch);
        (await Session.Open(central, proved.Played)).Value();
        var listed = (await Account.PlayCharacter(proved.Epoch, _character)).Value();
        var ticket = (await Session.Select(central.Connection, proved.Epoch, listed, Home.Channel)).Value();
        (await Account.ValidateToken(_login.AccessToken)).Value();
        var admission = (await Session.Enter(_connections.Connect(Grains, proved.Epoch), _character, new TicketPass(ticket.Ticket))).Value();
        return await _gateway.Bring(admission);
    }
}
