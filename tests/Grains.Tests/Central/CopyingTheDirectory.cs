using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.Grains.Central;
using static MmoOrleans.Grains.Tests.Central.Servers;

namespace MmoOrleans.Grains.Tests.Central;

public class CopyingTheDirectory
{
    private static readonly Guid First = Guid.NewGuid();
    private static readonly Guid Second = Guid.NewGuid();

    private readonly DirectoryCopy _copy = new();

    [Fact]
    public void Newcomers_and_leavers_are_taken_in_order()
    {
        _copy.Merge(Everything(First, 3, Map("A", "a"), Map("B", "b")), Noon);

        Assert.True(_copy.Merge(new DirectoryChanges(First, 3, 5, ChatServer(), [Map("C", "c")], [Id("A")], [], []), Noon));

        Assert.Equal(["B", "C"], Names(_copy.Maps.Values));
        Assert.Equal(5, _copy.KnownVersion);
    }

    [Fact]
    public void A_gap_is_noticed_and_changes_nothing()
    {
        _copy.Merge(Everything(First, 3, Map("A")), Noon);

        Assert.False(_copy.Merge(new DirectoryChanges(First, 4, 5, ChatServer(), [], [Id("A")], [], []), Noon));

        Assert.Equal(["A"], Names(_copy.Maps.Values));
        Assert.Equal(3, _copy.KnownVersion);
    }

    [Fact]
    public void Old_news_is_no_news()
    {
        _copy.Merge(Everything(First, 7, Map("A")), Noon);

        Assert.True(_copy.Merge(new DirectoryChanges(First, 3, 5, null, [Map("B")], [], [], []), Noon));

        Assert.Equal(["A"], Names(_copy.Maps.Values));
        Assert.NotNull(_copy.Chat);
    }

    [Fact]
    public void Nobody_is_forgotten_while_a_restarted_Central_collects_itself()
    {
        _copy.Merge(Everything(First, 9, Map("A", "a"), Map("B", "b")) with { Gateways = [Gateway()] }, Noon);

        _copy.Merge(Everything(Second, 2, Map("A", "a")) with { Chat = null }, Noon);
        _copy.Expire(Noon.AddSeconds(4.9));

        Assert.Equal(["A", "B"], Names(_copy.Maps.Values));
        Assert.NotNull(_copy.Chat);
        Assert.Single(_copy.Gateways);
    }

    [Fact]
    public void Who_does_not_come_back_to_a_restarted_Central_is_gone_after_5_seconds()
    {
        _copy.Merge(Everything(First, 9, Map("A", "a"), Map("B", "b")) with { Gateways = [Gateway()] }, Noon);
        _copy.Merge(Everything(Second, 2, Map("A", "a")), Noon);

        _copy.Merge(new DirectoryChanges(Second, 2, 2, null, [], [], [], []), Noon.AddSeconds(5));
        _copy.Expire(Noon.AddSeconds(5));

        Assert.Equal(["A"], Names(_copy.Maps.Values));
        Assert.Null(_copy.Chat);
        Assert.Empty(_copy.Gateways);
    }

    [Fact]
    public void What_a_registration_was_answered_is_believed_until_Central_should_have_said_it()
    {
        _copy.Merge(Everything(First, 3), Noon);
        _copy.Learn(new MapRegistered(RegistrationAnswer.Accepted, ChatServer(), [Map("A", "a"), Map("B", "b")]), Noon);
        Assert.Equal(["A", "B"], Names(_copy.Maps.Values));

        _copy.Merge(new DirectoryChanges(First, 3, 4, ChatServer(), [Map("A", "a")], [], [], []), Noon.AddSeconds(1));
        _copy.Expire(Noon.AddSeconds(5));

        Assert.Equal(["A"], Names(_copy.Maps.Values));
    }

    [Fact]
    public void Everything_anew_forgets_whom_it_does_not_name()
    {
        _copy.Merge(Everything(First, 3, Map("A", "a"), Map("B", "b")), Noon);

        _copy.Merge(Everything(First, 9, Map("B", "c")), Noon);

        Assert.Equal(["c"], _copy.Maps.Values.Select(map => map.ConnectionKey));
    }

    [Fact]
    public void What_Central_has_confirmed_stays()
    {
        _copy.Merge(Everything(First, 3), Noon);
        _copy.Learn(new MapRegistered(RegistrationAnswer.Accepted, ChatServer(), [Map("A", "a")]), Noon);
        _copy.Merge(new DirectoryChanges(First, 3, 4, ChatServer(), [Map("A", "a")], [], [], []), Noon);
        var version = _copy.Version;

        _copy.Learn(new MapRegistered(RegistrationAnswer.Accepted, ChatServer(), [Map("A", "a")]), Noon);
        _copy.Expire(Noon.AddSeconds(5));

        Assert.Equal(["A"], Names(_copy.Maps.Values));
        Assert.Equal(version, _copy.Version);
    }

    [Fact]
    public void The_version_grows_with_news_only()
    {
        _copy.Merge(Everything(First, 3, Map("A")), Noon);
        var version = _copy.Version;

        _copy.Merge(Everything(First, 3, Map("A")), Noon.AddSeconds(1));
        Assert.Equal(version, _copy.Version);

        _copy.Merge(new DirectoryChanges(First, 3, 4, ChatServer(), [], [Id("A")], [], []), Noon.AddSeconds(1));
        Assert.True(_copy.Version > version);
    }
}
