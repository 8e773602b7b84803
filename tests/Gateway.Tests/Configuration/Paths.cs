namespace MmoOrleans.Gateway.Tests.Configuration;

public class Paths : ReadingConfiguration
{
    [Fact]
    public void Paths_in_a_file_begin_at_the_file_and_others_at_the_working_directory()
    {
        var file = WriteFile("""{"mapsPath": "maps", "storagePath": "../world.db"}""", "elsewhere/deep/server.json");

        var settings = ReadyWith("-config", "../elsewhere/deep/server.json").Settings;
        Assert.Equal(file, settings.ConfigFile);
        Assert.Equal(Path.Combine(Folder, "elsewhere", "deep", "maps"), settings.World.MapsPath);
        Assert.Equal(Path.Combine(Folder, "elsewhere", "world.db"), settings.StoragePath);

        Variables["MMO_mapsPath"] = "maps";
        settings = ReadyWith("-config", file, "-storagePath", "../world.db").Settings;
        Assert.Equal(Path.Combine(Working, "maps"), settings.World.MapsPath);
        Assert.Equal(Path.Combine(Folder, "world.db"), settings.StoragePath);
    }

    [Fact]
    public void Absolute_paths_stay_as_they_are()
    {
        var path = Path.Combine(Folder, "world.db");

        Assert.Equal(path, ReadyWith("-storagePath", path).Settings.StoragePath);
    }

    [Fact]
    public void The_file_is_looked_for_in_the_working_directory_and_then_beside_the_program()
    {
        string[] places = ["program/serverConfig.json", "program/config/serverConfig.json", "working/Config/serverConfig.json", "working/config/serverConfig.json"];
        foreach (var place in places)
        {
            var file = WriteFile("{}", place);
            Assert.Equal(file, ReadyWith().Settings.ConfigFile, ignoreCase: OperatingSystem.IsWindows() || OperatingSystem.IsMacOS());
        }
    }

    [Fact]
    public void The_file_can_be_named_by_a_variable()
    {
        Variables["MMO_config"] = WriteFile("""{"tickRate": 30}""", "elsewhere/server.json");

        Assert.Equal(30, ReadyWith().Settings.World.TickRateHz);
    }

    [Fact]
    public void Maps_beside_the_program_are_used_when_the_working_directory_has_none()
    {
        var published = Directory.CreateDirectory(Path.Combine(Program, "config", "maps")).FullName;
        Assert.Equal(published, ReadyWith().Settings.World.MapsPath);

        var own = Directory.CreateDirectory(Path.Combine(Working, "config", "maps")).FullName;
        Assert.Equal(own, ReadyWith().Settings.World.MapsPath);
    }

    [Fact]
    public void Comments_trailing_commas_quoted_numbers_and_a_byte_order_mark_are_fine()
    {
        WriteFile("\uFEFF// first\n{ \"centralPort\": \"7005\", /* then */ \"tickRate\": 30, }\n// last\n");

        var settings = ReadyWith().Settings;
        Assert.Equal((7005, 30), (settings.Listen.GamePort, settings.World.TickRateHz));
    }
}
