package finitewidth.data.table;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;

/**
 * Hadoop's local files without the checksums beside them, which it cannot name for a file with a
 * colon in its name. Public, because Hadoop makes it by its name.
 */
public final class UncheckedLocalFiles extends LocalFileSystem {
  @Override
  public void initialize(URI name, Configuration settings) throws IOException {
    super.initialize(name, settings);
    setVerifyChecksum(false);
  }
}
