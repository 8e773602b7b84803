using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.Grains.Central;
using static MmoOrleans.Grains.Tests.Central.Servers;

namespace MmoOrleans.Grains.Tests.Central;

public class Registering
{
    private readonly ServerDirectory _directory = Directory();

    [Fact]
    public void A_map_is_answered_with_chat_and_every_other_map()
    {
        _directory.RegisterChat(ChatServer(), Noon);
        _directory.RegisterMap(Map("A", "a"), 0, Noon);

        var answer = _directory.RegisterMap(Map("B", "b"), 0, Noon);

        Assert.Equal(RegistrationAnswer.Accepted, answer.Answer);
        Assert.Equal(ChatServer(), answer.Chat);
        Assert.Equal(["A"], Names(answer.OtherMaps));
    }

    [Fact]
    public void A_map_that_registers_again_is_news_to_nobody()
    {
        _directory.RegisterMap(Map("A"), 0, Noon);
        _directory.TakeFacts();
        var version = _directory.Version;

        _directory.RegisterMap(Map("A"), 5, Noon.AddSeconds(1));

        Assert.Equal(version, _directory.Version);
        Assert.Empty(_directory.TakeFacts());
        Assert.Equal(5, Assert.Single(_directory.State().Maps).Users);
    }

    [Fact]
    public void The_same_activation_may_claim_its_incarnation_later()
    {
        _directory.RegisterMap(Map("A"), 0, Noon);

        var answer = _directory.RegisterMap(Map("A", incarnation: 4), 0, Noon);

        Assert.Equal(RegistrationAnswer.Accepted, answer.Answer);
        Assert.Equal(4, Assert.Single(_directory.ChangesSince(0).Joined).Epoch.Incarnation);
    }

    [Theory]
    [InlineData(0, 2000, 0, 1000)]
    [InlineData(0, 2000, 7, 1000)]
    [InlineData(8, 1000, 7, 2000)]
    [InlineData(8, 2000, 0, 1000)]
    public void Of_two_activations_of_a_map_the_later_stays(long laterIncarnation, long laterActivated, long incarnation, long activated)
    {
        var later = Map("A", "later", laterIncarnation, laterActivated);
        var earlier = Map("A", "earlier", incarnation, activated);
        _directory.RegisterMap(earlier, 0, Noon);

        Assert.Equal(RegistrationAnswer.Accepted, _directory.RegisterMap(later, 0, Noon).Answer);
        Assert.Equal(RegistrationAnswer.Superseded, _directory.RegisterMap(earlier, 0, Noon).Answer);

        Assert.Equal("later", Assert.Single(_directory.ChangesSince(0).Joined).ConnectionKey);
    }

    [Fact]
    public void The_heartbeat_of_an_earlier_activation_does_not_bring_it_back()
    {
        _directory.RegisterMap(Map("A", "later", activated: 2000, silo: "S2"), 3, Noon);

        _directory.Report(Report("S1", Heartbeat("A", 9, "earlier")), Noon);

        Assert.Equal("S2", Assert.Single(_directory.State().Maps).Silo);
    }

    [Fact]
    public void A_later_chat_server_takes_the_place_of_the_earlier()
    {
        _directory.RegisterChat(ChatServer("first", 1000), Noon);

        Assert.Equal(RegistrationAnswer.Accepted, _directory.RegisterChat(ChatServer("second", 2000), Noon));
        Assert.Equal(RegistrationAnswer.Superseded, _directory.RegisterChat(ChatServer("first", 1000), Noon));
    }

    [Fact]
    public void The_log_says_who_was_told()
    {
        _directory.RegisterMap(Map("A", "a"), 0, Noon);
        _directory.RegisterMap(Map("B", "b"), 0, Noon);

        var joined = Assert.IsType<DirectoryFact.MapJoined>(_directory.TakeFacts()[1]);
        Assert.Equal(1, joined.Others);
        Assert.Null(joined.Chat);
    }
}
