using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Accounts;

namespace MmoOrleans.Grains.Tests.Accounts;

public class PlayingCharacters
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly CharacterEntry _first = Entry("First");
    private readonly CharacterEntry _second = Entry("Second");

    private AccountRecord Account => new() { Characters = [_first, _second] };

    [Fact]
    public void The_same_character_again_within_a_day_is_no_write()
    {
        var played = Play(Account, _first, Noon);
        Assert.Same(played, Play(played, _first, Noon.AddHours(23)));
    }

    [Fact]
    public void After_a_day_it_is_one()
    {
        var later = Play(Play(Account, _first, Noon), _first, Noon.AddDays(1));
        Assert.Equal(Noon.AddDays(1), CharacterList.Find(later, _first.Id)!.Played);
    }

    [Fact]
    public void The_character_played_last_is_always_the_one_that_was_selected_last()
    {
        var record = Account;
        foreach (var (entry, seconds) in new[] { (_first, 0), (_second, 1), (_first, 2), (_first, 3) })
        {
            record = Play(record, entry, Noon.AddSeconds(seconds));
            Assert.Equal(entry.Id, CharacterList.PlayedLast(record));
        }
    }

    private static AccountRecord Play(AccountRecord record, CharacterEntry entry, DateTimeOffset now) =>
        Assert.IsType<Granted<AccountRecord>>(CharacterList.Play(record, entry.Id, record.Epoch, now)).Value;

    private static CharacterEntry Entry(string name) => new(CharacterId.New(), name, default, Noon.AddDays(-1), null);
}
