using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Tests.Fakes;

public sealed class FakeUsername : IUsernameGrain
{
    private readonly TaskCompletionSource _checking = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Registration? _registration;
    private int _passwordsChecked;

    public AccountId Account { get; } = AccountId.New();

    public int PasswordsChecked => _passwordsChecked;

    /// <summary>Completes when somebody's password is being checked.</summary>
    public Task Checking => _checking.Task;

    /// <summary>When set, passwords are checked only after it completes.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public Task<Answer<AccountId>> Register(Registration registration, CancellationToken cancellation = default)
    {
        if (_registration is not null)
            return Task.FromResult(Answer.Refuse<AccountId>(RefusalCode.UsernameExisted));
        _registration = registration;
        return Task.FromResult(Answer.Of(Account));
    }

    public Task<Answer<bool>> Owns(AccountId account) => throw new NotSupportedException();

    public Task<AccountId?> Find() => Task.FromResult<AccountId?>(_registration is null ? null : Account);

    public async Task<Answer<AccountId>> CheckPassword(string password, string source, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _passwordsChecked);
        _checking.TrySetResult();
        await Hold;
        return _registration?.Password == password
            ? Answer.Of(Account)
            : Answer.Refuse<AccountId>(RefusalCode.InvalidUsernameOrPassword);
    }
}

public sealed class FakeAccount(Guid id) : IAccountGrain
{
    private readonly List<CharacterListed> _characters = [];
    private long _epoch;

    /// <summary>When set, listing characters throws it.</summary>
    public Exception? ListingFails { get; set; }

    public IEnumerable<CharacterId> Characters => _characters.Select(character => character.Id);

    public string Token => $"token-{id:N}-{_epoch}";

    /// <summary>When set, a login is not answered.</summary>
    public SilentCall<Answer<AccountLogin>>? LoggingIn { get; set; }

    /// <summary>When set, the creation of a character is not answered.</summary>
    public SilentCall<Answer<CharacterListed>>? Creating { get; set; }

    public Task<Answer<AccountLogin>> Login(string username, CancellationToken cancellation = default)
    {
        if (LoggingIn is { } silent)
            return silent.Make(cancellation);
        _epoch++;
        return Task.FromResult(Answer.Of(new AccountLogin(new AccountId(id), Token, DateTimeOffset.UnixEpoch.AddDays(30_000), _epoch, 0, null)));
    }

    public Task<Answer<TokenHolder>> ValidateToken(string accessToken) => Task.FromResult(accessToken == Token
        ? Answer.Of(new TokenHolder(new AccountId(id), DateTimeOffset.UnixEpoch.AddDays(30_000), _epoch, 0, null) { Characters = [.. Characters] })
        : Answer.Refuse<TokenHolder>(RefusalCode.InvalidUserToken));

    public Task<Answer<Done>> Logout(long epoch)
    {
        _epoch++;
        return Task.FromResult(Answer.Done);
    }

    public Task<Answer<CharacterListing>> ListCharacters(long epoch) => ListingFails is { } failure
        ? Task.FromException<Answer<CharacterListing>>(failure)
        : Task.FromResult(Answer.Of(new CharacterListing([.. _characters], 5)));

    public Task<Answer<CharacterListed>> CreateCharacter(long epoch, string name, ReadOnlyMemory<byte> appearance, CancellationToken cancellation = default)
    {
        if (Creating is { } silent)
            return silent.Make(cancellation);
        var created = new CharacterListed(CharacterId.New(), name, appearance, DateTimeOffset.UnixEpoch, null);
        _characters.Add(created);
        return Task.FromResult(Answer.Of(created));
    }

    public Task<Answer<Done>> DeleteCharacter(long epoch, CharacterId character) =>
        Task.FromResult(_characters.RemoveAll(c => c.Id == character) > 0 ? Answer.Done : Answer.Refuse<Done>(RefusalCode.CharacterNotFound));

    public Task<Answer<CharacterListed>> PlayCharacter(long epoch, CharacterId character) => Task.FromResult(
        _characters.Find(c => c.Id == character) is { } found ? Answer.Of(found) : Answer.Refuse<CharacterListed>(RefusalCode.CharacterNotFound));

    public Task<Answer<bool>> Owns(CharacterId character) => throw new NotSupportedException();

    public Task<Answer<Done>> Ban(DateTimeOffset until) => throw new NotSupportedException();

    public Task<Answer<Done>> Mute(DateTimeOffset until) => throw new NotSupportedException();

    public Task<Answer<Done>> SetLevel(int level) => throw new NotSupportedException();
}

public sealed class FakeSession(Guid account) : ISessionGrain
{
    private long _owners;

    public SessionHolder? Holder { get; private set; }

    public Refusal? RefuseOpen { get; set; }

    public MapId Where { get; set; } = FakeWorld.Home;

    public List<ConnectionId> Closed { get; } = [];

    /// <summary>When set, renewals are refused with it.</summary>
    public Refusal? RefuseRenewal { get; set; }

    public List<(ConnectionId Connection, MapId? Map)> Renewed { get; } = [];

    public Task<Answer<Done>> Renew(SessionHolder holder, CharacterId? character, MapId? map)
    {
        Renewed.Add((holder.Connection, map));
        return Task.FromResult(RefuseRenewal is { } why ? Answer.Refuse<Done>(why) : Answer.Done);
    }

    public Task<Answer<Done>> Open(SessionHolder holder, CharacterId? played)
    {
        Holder = holder;
        return Task.FromResult(RefuseOpen is { } why ? Answer.Refuse<Done>(why) : Answer.Done);
    }

    /// <summary>When set, a selection is not answered.</summary>
    public SilentCall<Answer<MapTicket>>? Selecting { get; set; }

    /// <summary>When set, an entry is not answered.</summary>
    public SilentCall<Answer<Admission>>? Entering { get; set; }

    public Task<Answer<MapTicket>> Select(ConnectionId connection, long epoch, CharacterListed character, string channel, CancellationToken cancellation = default) =>
        Selecting?.Make(cancellation) ?? Task.FromResult(Answer.Of(TicketTo(Where, character.Id)));

    public static MapTicket TicketTo(MapId map, CharacterId character) => new(
        character, map, new byte[32], new MapAddress([new ClientEndpoint(EndpointTransport.Tcp, "127.0.0.1", 7000, false)]));

    public Task<Answer<Admission>> Enter(SessionHolder holder, CharacterId character, EntryPass pass, Guid entry = default, CancellationToken cancellation = default)
    {
        if (Entering is { } silent)
            return silent.Make(cancellation);
        Holder = holder;
        var owner = new Fence(1, ++_owners);
        var image = new CharacterImage(character, default, Where, null, default, default);
        return Task.FromResult(Answer.Of(new Admission(
            character, new AccountId(account), "Barone", new byte[] { 1, 2 }, owner, Where, image, new byte[32], default)));
    }

    /// <summary>Happens when a connection is closed, before that is answered.</summary>
    public Func<Task>? Closing { get; set; }

    public Task Close(ConnectionId connection)
    {
        lock (Closed)
            Closed.Add(connection);
        return Closing?.Invoke() ?? Task.CompletedTask;
    }

    public Task<bool> Kick(Refusal why) => throw new NotSupportedException();

    public Task<SessionState> GetState() => throw new NotSupportedException();
}
